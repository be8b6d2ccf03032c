import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nightlyCredentials } from '../../local/callers.ts';
import { region } from '../../local/organization.ts';
import {
  silenceFunctions,
  startTestStack,
  type TestStack,
} from '../integration/support/test-stack.ts';
import { type Consumer, install } from './consumer.ts';
import { type Packed, pack, root } from './pack.ts';
import { oldestReleases, testedNodes } from './tested-nodes.ts';

silenceFunctions();
const nodes = await testedNodes();
let packed: Packed;
let consumer: Consumer;
let stack: TestStack;

beforeAll(async () => {
  packed = await pack();
  consumer = await install(packed.tarball);
  stack = await startTestStack();
});

afterAll(async () => {
  await stack.close();
  await consumer.remove();
  await packed.remove();
});

/** The environment of a job with AWS credentials. */
function environment(): NodeJS.ProcessEnv {
  const { accessKeyId, secretAccessKey, sessionToken } = nightlyCredentials(stack);
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_REGION: region,
    TOKENVEND_API_URL: stack.apiUrl,
    TOKENVEND_AUTH: 'iam',
  };
}

const ask = `
const source = createTokenSource();
pgOptions(source, { database: 'orders', user: 'orders_batch' }).then(({ user, host, ssl }) => {
  console.log(user, host === ssl.servername, ssl.ca.includes('BEGIN CERTIFICATE'));
});
`;

describe('the packed package', () => {
  it('holds what is meant to be published, and nothing else', () => {
    const meant = [
      /^(package\.json|LICENSE|README\.md|CHANGELOG\.md)$/,
      /^bin\/tokenvend\.js$/,
      /^dist\/cli\/[\w-]+\.cjs(\.LEGAL\.txt)?$/,
      /^dist\/library\/(esm|cjs)\/(index|chunk-\w+|[a-z-]+-[A-Z0-9]{8})\.js$/,
      /^dist\/library\/cjs\/package\.json$/,
      /^dist\/(cli|library)\/THIRD-PARTY-LICENSES\.txt$/,
      /^dist\/library\/(esm|cjs)\/(clients|core)\/[a-z/-]+[\w-]*\.d\.ts$/,
    ];

    const strangers = packed.files.filter((file) => !meant.some((one) => one.test(file)));

    expect(strangers).toEqual([]);
    expect(packed.files).toContain('dist/library/esm/index.js');
    expect(packed.files).toContain('dist/library/cjs/index.js');
    expect(packed.files).toContain('dist/cli/THIRD-PARTY-LICENSES.txt');
    expect(packed.files).toContain('dist/library/THIRD-PARTY-LICENSES.txt');
    expect(packed.files.length).toBeLessThan(60);
  });

  it.each(nodes)(
    'is required, asks, and lets the process end on Node $version',
    async ({ binary }) => {
      await consumer.write(
        'app.cjs',
        `const { createTokenSource, pgOptions } = require('tokenvend');${ask}`,
      );

      const printed = await consumer.runScript(binary, 'app.cjs', environment());

      expect(printed).toBe('orders_batch true true');
    },
  );

  it.each(nodes)(
    'is imported, asks, and lets the process end on Node $version',
    async ({ binary }) => {
      await consumer.write(
        'app.mjs',
        `import { createTokenSource, pgOptions } from 'tokenvend';${ask}`,
      );

      const printed = await consumer.runScript(binary, 'app.mjs', environment());

      expect(printed).toBe('orders_batch true true');
    },
  );

  it.each(nodes)('runs as a command on Node $version', async ({ binary }) => {
    const printed = await consumer.runScript(binary, 'node_modules/.bin/tokenvend', {}, ['--help']);

    expect(printed).toContain('registry');
  });

  it.each(nodes)('asks as a command on Node $version', async ({ binary }) => {
    const asked = ['databases', '--json'];

    const printed = await consumer.runScript(
      binary,
      'node_modules/.bin/tokenvend',
      environment(),
      asked,
    );

    expect(printed).toContain('orders_batch');
  });

  it.each(nodes)('is run by the Node that is said: $version', async ({ version, binary }) => {
    await consumer.write('version.cjs', 'console.log(process.versions.node);');

    expect(await consumer.runScript(binary, 'version.cjs', {})).toBe(version);
  });

  it('says that it runs on the oldest releases that it is tested on', async () => {
    const { engines } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

    const [twenty, twentyTwo] = oldestReleases.map(({ version }) => version);

    expect(engines).toEqual({ node: `^${twenty} || >=${twentyTwo}` });
  });

  it('loads nothing of Node with it that takes an init longer than the rest of it', async () => {
    const entry = join(consumer.folder, 'node_modules/tokenvend/dist/library/esm/index.js');
    const imports = (await readFile(entry, 'utf8')).matchAll(/^import .*from "(node:[^"]+)";$/gm);

    expect([...imports].map(([, name]) => name)).toEqual(['node:events']);
  });

  it('is shaken down to what an application uses', async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: "import { withFreshToken } from 'tokenvend'; console.log(withFreshToken);",
        resolveDir: consumer.folder,
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      write: false,
    });

    const text = outputFiles.map((file) => file.text).join('');

    expect(text).toContain('ER_ACCESS_DENIED_ERROR');
    expect(text.length).toBeLessThan(3_000);
  });
});

describe('the declarations', () => {
  const app = `
import { createTokenSource, pgOptions, type DatabaseToken, withFreshToken } from 'tokenvend';
const source = createTokenSource({ auth: { identityFile: '/run/token' }, minTtlSeconds: 90 });
export const token: Promise<DatabaseToken> = source.get({ database: 'orders', fresh: true });
export const max: Promise<number> = pgOptions(source, { database: 'orders' }, { max: 4 }).then((o) => o.max);
export const login: Promise<string> = withFreshToken(source, { database: 'orders' }, async (t) => t.token);
// @ts-expect-error pg would drop the password function
pgOptions(source, { database: 'orders' }, { connectionString: 'postgres://db' });
// @ts-expect-error the password is not the application's to set
pgOptions(source, { database: 'orders' }, { password: 'secret' });
// @ts-expect-error there is no such way to authenticate
createTokenSource({ auth: 'password' });
`;
  const strict = {
    target: 'es2022',
    lib: ['es2022'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
  };

  it.each([
    ['node16', 'node16', ['app.mts', 'app.cts']],
    ['esnext', 'bundler', ['app.ts']],
  ])(
    'hold for module %s and resolution %s, without types of anybody else',
    async (module, moduleResolution, files) => {
      for (const file of files) await consumer.write(file, app);
      const compilerOptions = { ...strict, module, moduleResolution };
      await consumer.write('tsconfig.json', JSON.stringify({ compilerOptions, files }));

      expect(await consumer.compile()).toBe('');
    },
  );

  it('fit those of pg and mysql2', async () => {
    for (const name of ['pg', 'mysql2', '@types/pg', '@types/node']) await consumer.link(name);
    const compilerOptions = { ...strict, types: ['node'], module: 'node16', skipLibCheck: true };
    await consumer.write(
      'drivers.mts',
      `
import mysql from 'mysql2/promise';
import { Client, Pool } from 'pg';
import { createTokenSource, mysql2Options, pgOptions } from 'tokenvend';
const source = createTokenSource();
new Pool(await pgOptions(source, { database: 'orders' }, { max: 4 }));
new Client(await pgOptions(source, { database: 'orders' }));
mysql.createPool(await mysql2Options(source, { database: 'ledger' }, { connectionLimit: 4 }));
await mysql.createConnection(await mysql2Options(source, { database: 'ledger' }));
`,
    );
    await consumer.write(
      'tsconfig.json',
      JSON.stringify({ compilerOptions, files: ['drivers.mts'] }),
    );

    expect(await consumer.compile()).toBe('');
  });
});
