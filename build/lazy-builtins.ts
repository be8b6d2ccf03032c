import { createRequire } from 'node:module';
import type { Plugin } from 'esbuild';

/**
 * Loads these modules of Node with the first call of one of their functions, and not with the CommonJS
 * file that imports them: `node:http` and `node:crypto` take three to four milliseconds each, before a
 * process has done anything. Classes and constants of them cannot be imported in such a bundle; esbuild
 * then says that there is no such export.
 */
export const lazyBuiltins: Plugin = {
  name: 'lazy-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:(crypto|http|os|timers\/promises)$/ }, ({ path, namespace }) =>
      namespace === lazy ? { path, external: true } : { path, namespace: lazy },
    );
    onLoad({ filter: /.*/, namespace: lazy }, ({ path }) => ({
      contents: functionsOf(path)
        .map((name) => `export const ${name} = (...args) => require('${path}').${name}(...args);`)
        .join('\n'),
      loader: 'js',
    }));
  },
};

const lazy = 'lazy-builtin';

/** esbuild leaves out those that nobody imports, so that another Node makes the same bundle. */
function functionsOf(path: string): string[] {
  const module: object = createRequire(import.meta.url)(path);
  return Object.keys(module).filter((name) => /^[a-z]\w*$/i.test(name) && /^[a-z]/.test(name));
}
