import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import { subjects } from '../../../local/organization.ts';
import { runningParts } from '../../../local/running-parts.ts';
import { aFolder, type CliProcess, type Ended, startCli } from './cli-process.ts';
import { clientId, type OpenidProvider, startOpenidProvider } from './openid-provider.ts';
import { browse, type Person } from './scripted-browser.ts';
import { type SignInFront, startSignInFront } from './sign-in-front.ts';
import { silenceFunctions, startTestStack, type TestStack } from './test-stack.ts';

/** Everything that signing in takes, and a desktop on which nothing opens. */
export interface SignInStage {
  readonly stack: TestStack;
  readonly provider: OpenidProvider;
  readonly front: SignInFront;
  close(): Promise<void>;
}

/** The registry then trusts the provider as its workforce issuer, for its client's ID tokens too. */
async function startSignInStage(): Promise<SignInStage> {
  const parts = runningParts();
  const stack = await parts.add(startTestStack());
  const provider = await parts.add(startOpenidProvider(stack.audience));
  const { issuer } = provider;
  const front = await startSignInFront(stack.apiUrl, {
    audience: stack.audience,
    signIn: { issuer, clientId },
  });
  const { url } = stack.issuers.workforce;
  const text = await readFile(stack.registryFile, 'utf8');
  const trusting = text.replace(
    new RegExp(`url: ${url}\\n.*\\n.*\\n`),
    `url: ${issuer}\n    audiences: [${clientId}, ${stack.audience}]\n    jwksUri: ${issuer}/jwks\n`,
  );
  await writeFile(stack.registryFile, trusting);
  return {
    stack,
    provider,
    front,
    close: async () => {
      front.close();
      await parts.close();
    },
  };
}

/** Who signs in, unless a test says otherwise: a member of the registry. */
export const engineer: Person = { name: subjects.engineer };

/** Starts a stage for all tests of a file, at its top; each begins with a provider that does nothing odd. */
export async function aSignInStage(): Promise<SignInStage> {
  silenceFunctions();
  const stage = await startSignInStage();
  afterAll(() => stage.close());
  afterEach(() => stage.provider.spoil());
  return stage;
}

/** A machine of somebody's: its home, and the addresses that its desktop was asked to open. */
export interface Desk {
  readonly env: Readonly<Record<string, string>>;
  readonly state: string;
  opened(): Promise<string>;
  sessionFiles(): Promise<readonly string[]>;
  /** The text of the one session. */
  session(): Promise<string>;
  remove(): Promise<void>;
}

export async function aDesk(apiUrl: string): Promise<Desk> {
  const folder = await aFolder();
  const bin = join(folder.path, 'bin');
  const log = join(folder.path, 'opened');
  await mkdir(bin);
  for (const name of ['xdg-open', 'open']) {
    await writeFile(join(bin, name), `#!/bin/sh\nprintf '%s' "$1" > '${log}'\n`);
    await chmod(join(bin, name), 0o755);
  }
  const state = join(folder.path, 'state', 'tokenvend');
  const sessionFiles = (): Promise<string[]> => readdir(state).catch(() => []);
  return {
    env: {
      PATH: `${bin}:/usr/bin:/bin`,
      HOME: folder.path,
      XDG_STATE_HOME: join(folder.path, 'state'),
      TOKENVEND_API_URL: apiUrl,
      TOKENVEND_WAIT: '0',
    },
    state,
    opened: () => readFile(log, 'utf8').catch(() => ''),
    sessionFiles,
    session: async () => readFile(join(state, (await sessionFiles())[0] ?? 'none'), 'utf8'),
    remove: folder.remove,
  };
}

/** Signs in with a browser on the same machine. */
export async function signInByBrowser(
  desk: Desk,
  person: Person,
  args: readonly string[] = [],
): Promise<Ended> {
  const cli = startCli(['login', '--browser', '--prompt', 'consent', ...args], desk.env);
  const address = await said(cli, /^ {2}(http\S+)$/m);
  if (address !== undefined) await browse(address, person);
  return cli.ended;
}

/** Signs in with a browser somewhere else. */
export async function signInByCode(desk: Desk, person: Person, args: readonly string[] = []) {
  const cli = startCli(['login', '--device', ...args], desk.env);
  const code = await said(cli, /^ {2}([A-Z]{4}-[A-Z]{4})$/m);
  const address = /^Open (\S+) /m.exec(cli.err())?.[1];
  if (code !== undefined && address !== undefined) await browse(address, person, code);
  return cli.ended;
}

/** What the CLI has said that fits; `undefined` where it ends without. */
export async function said(cli: CliProcess, form: RegExp): Promise<string | undefined> {
  const isOver = cli.ended.then(() => true);
  for (;;) {
    const found = form.exec(cli.err())?.[1];
    if (found !== undefined) return found;
    const pause = new Promise<false>((resolve) => setTimeout(resolve, 20, false));
    if (await Promise.race([isOver, pause])) return undefined;
  }
}
