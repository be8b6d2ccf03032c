import type { Plugin } from 'esbuild';

/**
 * Gives the YAML parser an environment without anything in it. It asks for `LOG_TOKENS` at every token, which
 * is a quarter of the time that a registry takes to read, and which would print the registry if it were set.
 */
export const quietYaml: Plugin = {
  name: 'quiet-yaml',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^process$/ }, ({ importer }) =>
      /[\\/]node_modules[\\/]yaml[\\/]/.test(importer)
        ? { path: 'process', namespace: 'quiet-yaml' }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'quiet-yaml' }, () => ({
      contents: 'module.exports = { env: {}, emitWarning: process.emitWarning };',
      loader: 'js',
    }));
  },
};
