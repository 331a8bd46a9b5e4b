/** A section whose content is loaded when it is first shown; what fails in it leaves the others standing. */
import { Suspense, type ReactNode } from "react";
import { Boundary } from "./boundary";
import { Section } from "./section";
import { Waiting } from "./waiting";

interface Props {
  readonly title: string;
  /** Made with lazy(). */
  readonly children: ReactNode;
}

export const LazySection = ({ title, children }: Props) => (
  <Section title={title}>
    <Boundary>
      <Suspense fallback={<Waiting />}>{children}</Suspense>
    </Boundary>
  </Section>
);
