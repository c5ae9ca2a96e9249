/** The nearest-rank percentile, `part` from 0 to 1. */
export function percentile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)];
}

export function median(values) {
  return percentile(values, 0.5);
}

export function ratio(value, base) {
  return `${(value / base).toFixed(2)}×`;
}

/** A Markdown table: the first row names the columns. Numbers stand to the right. */
export function table([head, ...rows]) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const isNumber = (index) => rows.every((row) => row[index] === '' || /^[<≤]?\s*[\d.]+×?$/.test(row[index]));
  const rule = head.map((_, index) => (isNumber(index) ? '---:' : '---'));
  return [head, rule, ...rows].map(line).join('\n');
}
