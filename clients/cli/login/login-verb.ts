import type { Command } from 'commander';
import { type ApiClient, createApiClient } from '../../api-client/api-client.ts';
import { addApiPlaceOptions } from '../api-options.ts';
import { usageError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { addManual } from '../manual.ts';
import { wholeNumber } from '../numbers.ts';
import { type ApiPlace, apiPlace } from '../open-api.ts';
import { patienceOf, retrying } from '../retrying.ts';
import { browserWay } from './browser-way.ts';
import { deviceWay } from './device-way.ts';
import { addLoginOptions, isByDevice, type LoginOptions } from './login-options.ts';
import { openBrowser } from './open-browser.ts';
import type { Session } from './session.ts';
import { boundUrls } from './session-place.ts';
import { sessionStore } from './session-store.ts';
import type { SignInWay } from './sign-in.ts';
import { signInTo } from './sign-in-to.ts';
import { tellStanding } from './tell-standing.ts';

/** `tokenvend login`: signs a person in where the API says, and keeps the session for the other verbs. */
export function defineLoginVerb(command: Command, context: CommandContext): void {
  addManual(addApiPlaceOptions(addLoginOptions(command)), {
    notes: ['The session is kept in a file that only you can read; tokenvend logout removes it.'],
    examples: [
      ['once a day, on a laptop', 'login --api-url https://tokens.example.com'],
      ['on a machine without a browser', 'login --device'],
    ],
  });
  command.action((options: LoginOptions) => login(options, context));
}

async function login(options: LoginOptions, context: CommandContext): Promise<void> {
  const { env, clock, err: tell } = context;
  const surroundings = { env, platform: process.platform };
  const place = await apiPlace(options, env);
  const store = sessionStore(place.urls, surroundings);
  if (store === undefined) throw usageError('There is no HOME to keep the session in.');
  const way = wayOf(options, isByDevice(options, surroundings));
  const waitSeconds = waitSecondsOf(options);
  const patience = patienceOf(options.wait, clock);
  await withSignedInApi(place, context, async (api, use) => {
    const config = await retrying(() => api.config(), patience);
    const apiUrls = boundUrls(place.urls);
    const session = await signInTo({
      apiUrls,
      config,
      options,
      way,
      waitSeconds,
      tell,
      env,
      clock,
    });
    await store.write(session);
    use(session);
    await tellStanding(api, session, context);
  });
}

/** The API as the person who has just signed in, whatever other identity there is on this machine. */
async function withSignedInApi(
  place: ApiPlace,
  { clock, version }: CommandContext,
  work: (api: ApiClient, use: (session: Session) => void) => Promise<void>,
): Promise<void> {
  let identity = '';
  const auth = { kind: 'jwt', identity: async () => identity } as const;
  const api = createApiClient({ ...place, auth, clock, client: { name: 'cli', version } });
  try {
    await work(api, (session) => {
      identity = session.identity;
    });
  } finally {
    api.drop();
  }
}

function wayOf({ redirectPort, prompt }: LoginOptions, isDevice: boolean): SignInWay {
  const port = wholeNumber('--redirect-port', redirectPort, { least: 0, most: 65_535 });
  const open = (url: URL): void => openBrowser(url, process.platform);
  return isDevice ? deviceWay : browserWay({ open, port, prompt });
}

const waitSecondsOf = ({ signInSeconds }: LoginOptions): number =>
  wholeNumber('--sign-in-seconds', signInSeconds, { least: 1, most: 3600 });
