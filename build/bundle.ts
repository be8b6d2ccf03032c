import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { cheapBuiltins } from './cheap-builtins.ts';
import { lazyBuiltins } from './lazy-builtins.ts';
import { quietYaml } from './quiet-yaml.ts';

/** What went where. Paths are absolute. */
export interface BundleRequest {
  /** Folder that paths inside the bundle are relative to, so that no machine's own paths end up in it. */
  readonly root: string;
  /** A TypeScript module. */
  readonly entry: string;
  readonly outfile: string;
  /** Where esbuild's account of the bundle's parts goes; not beside it, or it would be deployed. */
  readonly metafile: string;
  /** Packages that are left out. */
  readonly external?: readonly string[];
}

/** Bundles a Lambda function: an ES module for Node 24, without the SDK's default credential chain. */
export function bundleFunction(request: BundleRequest): Promise<void> {
  return bundle(request, {
    format: 'esm',
    target: 'node24',
    banner: { js: requireBanner },
    plugins: [cheapBuiltins],
    alias: {
      '@aws-sdk/credential-provider-node': noCredentialChain,
      '@aws-sdk/credential-providers': noCredentialChain,
    },
  });
}

/**
 * Bundles the command line: CommonJS, because an ES module that imports `node:http` evaluates all of
 * it (20 ms of a process that lives for 35), and for Node 20, the oldest that the package supports.
 */
export function bundleCommand(request: BundleRequest): Promise<void> {
  return bundle(request, {
    format: 'cjs',
    target: 'node20',
    plugins: [leaveOut(commandParts), quietYaml],
  });
}

/**
 * Modules of the command line that are files of their own beside it. They are four fifths of it, and a
 * token is printed in two thirds of the time without them: the AWS credential chain, which only
 * `--auth iam` loads, what talks to OpenID providers, the registry's verbs, which bring a YAML parser
 * and a schema library, and the clients of RDS and IAM, which two of those verbs load.
 */
export const commandParts = ['aws-account', 'aws-chain', 'openid', 'registry-verb'] as const;

/**
 * Bundles the extension, or one of its parts: CommonJS for the same reason, as every cold start of a
 * function waits for it, and for the oldest Node that a Lambda runtime brings.
 */
export function bundleExtension(request: BundleRequest): Promise<void> {
  return bundle(request, {
    format: 'cjs',
    target: 'node20',
    legalComments: 'none',
    plugins: [leaveOut(extensionParts), lazyBuiltins],
  });
}

/**
 * Modules of the extension that are files of their own beside it: what serves requests, and fetches
 * tokens. It is four fifths of the whole, and Node looks through all of a file before it runs any of it.
 */
export const extensionParts = ['process-service'] as const;

/** Modules that are imported when they are needed become files beside the bundle. esbuild splits ES modules only. */
const leaveOut = (parts: readonly string[]): Plugin => ({
  name: 'leave-out-parts',
  setup({ onResolve }) {
    onResolve({ filter: /\.ts$/ }, ({ path, kind }) => {
      const part = parts.find((name) => path === `./${name}.ts`);
      if (part === undefined || kind !== 'dynamic-import') return undefined;
      return { path: `./${part}.cjs`, external: true };
    });
  },
});

/**
 * CommonJS packages inside an ES module call `require` for Node's own modules. The odd name is there
 * because the banner shares its scope with whatever the bundle declares.
 */
const requireBanner =
  "import{createRequire as tokenvendBannerRequire}from'node:module';" +
  'const require=tokenvendBannerRequire(import.meta.url);';

const noCredentialChain = fileURLToPath(new URL('no-credential-chain.ts', import.meta.url));

async function bundle(request: BundleRequest, options: BuildOptions): Promise<void> {
  const { metafile } = await build({
    legalComments: 'external',
    ...options,
    absWorkingDir: request.root,
    entryPoints: [request.entry],
    outfile: request.outfile,
    bundle: true,
    platform: 'node',
    minify: true,
    // Most packages' CommonJS build, which esbuild prefers for Node, cannot be tree-shaken.
    mainFields: ['module', 'main'],
    external: [...(request.external ?? [])],
    metafile: true,
    logLevel: 'silent',
  });
  await mkdir(dirname(request.metafile), { recursive: true });
  await writeFile(request.metafile, `${JSON.stringify(metafile, null, 2)}\n`);
}

/** The request for `functions/<name>` of a checkout at `root`. */
export function functionRequest(root: string, name: string): BundleRequest {
  return {
    root,
    entry: join(root, 'functions', name, 'index.ts'),
    outfile: join(root, 'dist', 'functions', name, 'index.mjs'),
    metafile: join(root, 'dist', 'meta', `${name}.json`),
  };
}
