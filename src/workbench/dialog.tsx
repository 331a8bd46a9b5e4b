/** A question before the page goes on: a title, what it is about, and one button per answer. Escape is the last answer. */
import { useEffect, useRef, type ReactNode } from "react";

export interface Answer {
  readonly label: string;
  readonly choose: () => void;
}

interface Props {
  readonly title: string;
  readonly children?: ReactNode;
  readonly answers: readonly Answer[];
}

export function Dialog({ title, children, answers }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        answers.at(-1)?.choose();
      }}
    >
      <h2>{title}</h2>
      {children}
      <footer>
        {answers.map(({ label, choose }) => (
          <button key={label} onClick={choose}>
            {label}
          </button>
        ))}
      </footer>
    </dialog>
  );
}
