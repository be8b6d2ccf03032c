import type { Plugin } from 'esbuild';

/**
 * Takes `node:http` and `node:https` from `process.getBuiltinModule` in an ES module.
 *
 * An import of them, static or dynamic, evaluates every one of their lazy exports, `fetch` and its
 * parser included: 42 ms instead of 3 for `node:http`, 19 instead of 10 for `node:https`, paid by each
 * cold start or by the first request after it.
 */
export const cheapBuiltins: Plugin = {
  name: 'cheap-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?https?$/ }, ({ path }) => ({
      path: path.replace('node:', ''),
      namespace: 'cheap-builtin',
    }));
    onLoad({ filter: /.*/, namespace: 'cheap-builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('node:${path}');`,
      loader: 'js',
    }));
  },
};
