interface Metadata {
  readonly functions: readonly {
    readonly id: string;
    readonly name: string;
    readonly description: string;
    readonly parameters: readonly { readonly name: string; readonly description: string }[];
  }[];
  readonly allowErrorForDataTypeAny?: boolean;
}

export function completeMetadata(
  metadata: Metadata,
  chinese: Readonly<Record<string, { description: string; parameters: Record<string, string> }>>,
): { english: Metadata; chinese: Metadata; faults: string[] };
