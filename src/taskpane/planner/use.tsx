/** Use of the pool: claimed, approved, paid, haircut, firms at the cap that empty it, share of the top five. */
import { Text } from "@fluentui/react-components";
import { useMemo } from "react";
import type { PoolStats } from "../../rules";
import { usageVerdict } from "../../writers/verdict";
import { UnderWay } from "../parts/under-way";
import { Verdict } from "../parts/verdict";
import { inputsOf, spellingOf, type Planning } from "./planning";
import { Table } from "./table";
import { usageNote, usageTable } from "./tables";
import type { AverageUse } from "./use-of-pool";
import { useWork } from "./work";
import { useGround, usePoolLabel, useSpoken } from "./words";

export function Use({ planning }: { readonly planning: Planning }) {
  const { figures, uncertain } = planning;
  const question = useMemo(() => ({ figures, uncertain }), [figures, uncertain]);
  const [progress, stop] = useWork("use", question);
  return (
    <>
      <UnderWay progress={progress} stop={stop} />
      {progress.kind === "done" && <UseTable planning={planning} stats={progress.value} />}
    </>
  );
}

function UseTable({
  planning,
  stats,
}: {
  readonly planning: Planning;
  readonly stats: readonly (PoolStats | AverageUse)[];
}) {
  const words = useSpoken();
  const { t, language } = words;
  const poolLabel = usePoolLabel(planning);
  const ground = useGround(planning);
  const note = usageNote(stats, words);
  return (
    <>
      <Verdict words={usageVerdict(ground, stats[0]!)} />
      <Text size={200} block>
        {note}
      </Text>
      <Table
        title={t("planner.use")}
        table={usageTable(planning, stats, words)}
        inputs={inputsOf(planning, poolLabel, language, [note])}
        spelling={spellingOf(planning)}
      />
    </>
  );
}
