/** As many lines as GetPodLogs gives at once, by its default. */
export const maxLines = 2000;

// Colours and cursor moves (CSI) and window titles (OSC), as terminals take them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const escapes = /\u001b(?:\[[0-9:;<=>?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g;

/** A line as a terminal would leave it: without its escapes, and of what a progress bar overwrote only the last state. */
export function toPlainLine(line: string): string {
  const plain = line.includes('\u001b') ? line.replace(escapes, '') : line;
  if (!plain.includes('\r')) return plain;
  return plain.split('\r').findLast((state) => state !== '') ?? '';
}

export function toPlainOutput(lines: string[]): string {
  return lines.map((line) => toPlainLine(line.replace(/\n$/, ''))).join('\n');
}
