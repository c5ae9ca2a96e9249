import 'server-only';
import type { CompiledQuery, Kysely, QueryResult } from 'kysely';
import type { Schema } from './schema';

/** Stands in a query for a value that is given anew each time it runs. */
class Place {
  readonly path: (string | number)[];

  constructor(path: (string | number)[]) {
    this.path = path;
  }
}

const compiled = new Map<string, CompiledQuery<unknown>>();

/**
 * Runs what `build` makes of `values`. To build and compile a query costs more than to run it, so both are done once
 * for each shape of the values: `build` is given places instead of them, and only what is null, undefined or how long
 * a list is may decide what it makes. `name` tells queries apart whose values look alike.
 */
export async function runShaped<V extends object, R>(
  db: Kysely<Schema>,
  name: string,
  values: V,
  build: (places: V) => CompiledQuery<R>,
): Promise<QueryResult<R>> {
  const shape = name + JSON.stringify(values, toShape);
  let query = compiled.get(shape) as CompiledQuery<R> | undefined;
  if (!query) {
    // To the builder a place is a value like any other.
    query = build(toPlaces(values, []) as V);
    compiled.set(shape, query);
  }
  const parameters = query.parameters.map((given) =>
    given instanceof Place ? at(values, given.path) : given,
  );
  return db.executeQuery({ ...query, parameters });
}

function toShape(_name: string, value: unknown): unknown {
  return isLeaf(value) ? 0 : value;
}

function toPlaces(value: unknown, path: (string | number)[]): unknown {
  if (isLeaf(value)) return new Place(path);
  if (Array.isArray(value)) return value.map((item, index) => toPlaces(item, [...path, index]));
  if (value === null || value === undefined) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, toPlaces(item, [...path, key])]),
  );
}

function isLeaf(value: unknown): boolean {
  return value !== undefined && typeof value !== 'object';
}

function at(value: unknown, path: (string | number)[]): unknown {
  return path.reduce((inside, key) => (inside as Record<string | number, unknown>)[key], value);
}
