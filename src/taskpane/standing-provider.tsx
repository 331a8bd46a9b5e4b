import type { ReactNode } from "react";
import type { Workbook } from "../host/workbook";
import { StandingContext, useStandingIn } from "./standing";

/** Hands on where the user stands: a change of it draws only what shows it. */
export function StandingProvider({ host, children }: { readonly host: Workbook | null; readonly children: ReactNode }) {
  return <StandingContext value={useStandingIn(host)}>{children}</StandingContext>;
}
