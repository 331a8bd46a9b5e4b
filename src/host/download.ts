/** Saves a file where the browser keeps what it downloads. */
export function download(fileName: string, bytes: Uint8Array): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes.slice()]));
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}
