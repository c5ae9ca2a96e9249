export const pageSize = 20;

/** A page of a list from an address: 1 for whatever is no page. 1000 is the last one that ListJobs gives. */
export function parsePage(value: unknown): number {
  const page = typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : 1;
  return page >= 1 && page <= 1000 ? page : 1;
}

export function countPages(total: number): number {
  return Math.min(1000, Math.ceil(total / pageSize));
}
