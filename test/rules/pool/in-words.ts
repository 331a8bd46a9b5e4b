/** A refusal whose English text contains this. */
export const inWords = (en: string): Error =>
  expect.objectContaining({ text: expect.objectContaining({ en: expect.stringContaining(en) }) });
