import { createRequire } from 'node:module';
import type { Plugin } from 'esbuild';

/**
 * Loads these modules of Node with the first call of one of their functions, and not with the file that
 * imports them: `node:http` and `node:crypto` take three to four milliseconds each, before a process has
 * done anything. Not by `require`, which ES modules have not. Classes and constants of them cannot be
 * imported in such a bundle; esbuild then says that there is no such export.
 */
export const lazyBuiltins: Plugin = {
  name: 'lazy-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: lazilyLoaded }, ({ path, kind }) =>
      kind === 'dynamic-import' ? undefined : { path, namespace: lazy },
    );
    onLoad({ filter: /.*/, namespace: lazy }, ({ path }) => ({
      contents: [
        // Looking a module up takes as long as hashing a token, which a read from memory does.
        `let found; const module = () => (found ??= process.getBuiltinModule('${path}'));`,
        ...functionsOf(path).map(
          (name) => `export const ${name} = (...args) => module().${name}(...args);`,
        ),
      ].join('\n'),
      loader: 'js',
    }));
  },
};

const lazy = 'lazy-builtin';

const lazilyLoaded = /^node:(child_process|crypto|fs\/promises|http|os|timers\/promises)$/;

/** esbuild leaves out those that nobody imports, so that another Node makes the same bundle. */
function functionsOf(path: string): string[] {
  const module: object = createRequire(import.meta.url)(path);
  return Object.keys(module).filter((name) => /^[a-z]\w*$/i.test(name) && /^[a-z]/.test(name));
}
