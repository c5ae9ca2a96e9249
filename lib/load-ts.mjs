import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { compileFunction } from 'node:vm';

const require = createRequire(import.meta.url);

/**
 * What a TypeScript file of ours exports, compiled in memory by the compiler that Next ships: the start script thereby
 * shares the rules of lib/server, before there is a build. Paths are relative to the checkout.
 */
export async function loadTs(file) {
  // It loads React, which looks at this once.
  process.env.NODE_ENV ??= 'production';
  const { transformSync } = await require('next/dist/build/swc').loadBindings();
  const loaded = new Map();

  const load = (source) => {
    const known = loaded.get(source);
    if (known) return known.exports;
    const module = { exports: {} };
    loaded.set(source, module);
    const { code } = transformSync(fs.readFileSync(source, 'utf8'), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
      isModule: true,
    });
    const requireFrom = (name) => {
      if (name === 'server-only') return {};
      if (name.startsWith('@/')) return load(path.resolve(`${name.slice(2)}.ts`));
      return name.startsWith('.') ? load(path.resolve(path.dirname(source), `${name}.ts`)) : require(name);
    };
    const names = ['exports', 'require', 'module'];
    compileFunction(code, names, { filename: source })(module.exports, requireFrom, module);
    return module.exports;
  };
  return load(path.resolve(file));
}
