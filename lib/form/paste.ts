/** `KEY=VALUE` lines as of a .env file: blank lines and comments pass, `export` and one pair of quotes around a value go. */
export function parseVariableLines(text: string): { key: string; value: string }[] {
  return parseLines(text)
    .filter((line) => !line.startsWith('#'))
    .map((line) => {
      const [, key = line, value = ''] = /^(?:export\s+)?([^=]+?)\s*=\s*(.*)$/s.exec(line) ?? [];
      const [, , inner] = /^(["'])(.*)\1$/s.exec(value) ?? [];
      return { key, value: inner ?? value };
    });
}

/** The lines of a pasted text that hold something. */
export function parseLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
