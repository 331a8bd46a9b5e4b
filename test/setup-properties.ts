// Every property draws its cases from one seed, so that a red run means a change and not a draw. Other draws are looked for
// on purpose: SEED=random (fast-check prints the seed of what fails) or SEED=<number>.
import fc from "fast-check";

const { SEED = "20260101" } = process.env;
if (SEED !== "random") fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(SEED) });

// A loaded machine is slow, not wrong.
jest.setTimeout(60_000);
