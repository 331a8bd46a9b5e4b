/** The global `CustomFunctions` that Excel provides, as far as our functions use it. */
class CellError {
  constructor(
    readonly code: string,
    readonly message?: string,
  ) {}
}

export function installCustomFunctions(): void {
  Object.assign(globalThis, {
    CustomFunctions: {
      Error: CellError,
      ErrorCode: {
        invalidValue: "#VALUE!",
        notAvailable: "#N/A",
        divisionByZero: "#DIV/0!",
        invalidNumber: "#NUM!",
        nullReference: "#NULL!",
        invalidName: "#NAME?",
        invalidReference: "#REF!",
      },
      associate: () => undefined,
    },
  });
}
