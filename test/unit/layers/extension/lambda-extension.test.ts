import { describe, expect, it } from 'vitest';
import type {
  EventType,
  InitProblem,
  Registration,
} from '../../../../layers/extension/extensions-api.ts';
import {
  type LambdaExtensionDependencies,
  runLambdaExtension,
} from '../../../../layers/extension/lambda-extension.ts';
import type { Service } from '../../../../layers/extension/service.ts';
import { readSettings } from '../../../../layers/extension/settings.ts';
import { createGate } from '../../../../local/lambda/gate.ts';
import { aLog } from './builders.ts';

const env = {
  AWS_SESSION_TOKEN: 'session',
  TOKENVEND_API_URL: 'https://abc123.execute-api.eu-west-1.amazonaws.com/api',
};

async function aLife(parts: Partial<LambdaExtensionDependencies> = {}) {
  const did: string[] = [];
  const problems: InitProblem[] = [];
  const events: EventType[] = ['INVOKE', 'SHUTDOWN'];
  const service = aServiceThat(did);
  const { log, entries } = aLog();
  const code = await runLambdaExtension({
    env,
    settings: readSettings(env),
    openExtensionsApi: async () => ({
      register: async () => {
        did.push('register');
        return {
          next: async () => {
            did.push('next');
            return events.shift() ?? 'SHUTDOWN';
          },
          initError: async (problem) => {
            problems.push(problem);
          },
        };
      },
    }),
    listen: async (port) => {
      did.push('listen');
      return { port, handTo: () => undefined };
    },
    start: async () => {
      did.push('serve');
      return service;
    },
    log,
    ...parts,
  });
  return { code, did, problems, entries };
}

/** Only says what it is told to do. */
function aServiceThat(did: string[]): Service {
  return {
    vending: {
      start: () => did.push('start'),
      invoked: () => did.push('invoked'),
      refresh: () => did.push('refresh'),
      token: () => Promise.reject(new Error('not asked')),
      ca: () => Promise.reject(new Error('not asked')),
    },
    server: { port: 2777, close: async () => undefined },
  };
}

describe('the life of the extension', () => {
  it('listens, registers, prefetches, and follows events to the end', async () => {
    const { code, did } = await aLife();

    expect(did).toEqual(['listen', 'register', 'serve', 'start', 'next', 'invoked', 'next']);
    expect(code).toBe(0);
  });

  it('loads what serves requests while Lambda answers, and fetches nothing before it has', async () => {
    const answered = createGate<Registration>();
    const served = createGate<true>();
    const begun: string[] = [];
    const life = aLife({
      openExtensionsApi: async () => ({ register: () => answered.opened }),
      start: async () => {
        served.open(true);
        return aServiceThat(begun);
      },
    });

    await served.opened;
    const begunBefore = [...begun];
    answered.open({ next: async () => 'SHUTDOWN', initError: async () => undefined });
    await life;

    expect(begunBefore).toEqual([]);
    expect(begun).toEqual(['start']);
  });

  it('ends at once for wrong settings, and says which', async () => {
    const { code, did, problems, entries } = await aLife({ settings: readSettings({}) });

    expect(code).toBe(1);
    expect(did).toEqual(['register']);
    expect(problems).toMatchObject([{ type: 'Extension.InvalidSettings' }]);
    expect(problems[0]?.message).toContain('TOKENVEND_API_URL');
    expect(entries()).toMatchObject([{ code: 'SETTINGS_INVALID' }]);
  });

  it('ends at once without a token to tell requests by', async () => {
    const { code, problems } = await aLife({ env: {} });

    expect(code).toBe(1);
    expect(problems[0]?.message).toContain('AWS_SESSION_TOKEN');
  });

  it('ends at once for a port that is taken, and names the variable', async () => {
    const listen = () => Promise.reject(Object.assign(new Error('…'), { code: 'EADDRINUSE' }));

    const { code, did, problems } = await aLife({ listen });

    expect(code).toBe(1);
    expect(problems).toMatchObject([{ type: 'Extension.PortUnavailable' }]);
    expect(did).toEqual(['register']);
    expect(problems[0]?.message).toMatch(/2777.*in use.*TOKENVEND_PORT/);
  });

  it('ends for a file of its own that is missing, when it can say so', async () => {
    const start = () => Promise.reject(Object.assign(new Error('/opt/…'), { code: 'ENOENT' }));

    const { code, did, problems, entries } = await aLife({ start });

    expect(code).toBe(1);
    expect(did).toEqual(['listen', 'register']);
    expect(problems).toMatchObject([{ type: 'Extension.StartFailed' }]);
    expect(problems[0]?.message).toMatch(/\(ENOENT\)/);
    expect(problems[0]?.message).not.toContain('/opt');
    expect(entries()).toMatchObject([{ code: 'START_FAILED', type: 'Extension.StartFailed' }]);
  });
});
