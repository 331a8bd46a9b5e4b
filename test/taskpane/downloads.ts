/** Files that the pane saves through the browser, which jsdom cannot. */

export interface Saved {
  readonly name: string;
  readonly content: string;
}

/** From now on saved files are collected. @returns them, in their order */
export function catchDownloads(): Saved[] {
  const saved: Saved[] = [];
  const blobs = new Map<string, Blob>();
  URL.createObjectURL = (blob) => {
    const url = `blob:${blobs.size}`;
    blobs.set(url, blob as Blob);
    return url;
  };
  URL.revokeObjectURL = () => {};
  jest.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    const entry = { name: this.download, content: "" };
    saved.push(entry);
    const reader = new FileReader();
    reader.onload = () => (entry.content = reader.result as string);
    reader.readAsText(blobs.get(this.href)!);
  });
  return saved;
}
