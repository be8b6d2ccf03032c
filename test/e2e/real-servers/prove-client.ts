import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationNameOf } from '../../../core/connection/application-name.ts';
import { type Attempt, type AttemptOptions, anAttempt } from './attempt.ts';
import type { Outcome } from './client-process.ts';
import {
  type ClientName,
  type TestedClient,
  testedClients,
  type WayName,
} from './tested-clients.ts';
import { type DatabaseName, startWorld, type World } from './world.ts';

/** How a client is told where and as whom to log in. */
export interface Way {
  readonly open: (attempt: Attempt) => Promise<Outcome>;
  /** Where the vend's id shows up in the session: by the format, by the program, or not at all. */
  readonly named: 'by-format' | 'by-program' | 'no';
}

/** What the client's user reads, its stable part. */
export interface Messages {
  readonly tokenRefused: RegExp;
  readonly strangeCa: RegExp;
  readonly notEncrypted: RegExp;
  /** Without TLS the client sends the token to whoever answers, and is refused too late. */
  readonly sendsInClear?: boolean;
}

/** One world for all tests of a file; `world()` only inside of tests. */
export function useWorld(): () => World {
  let world: World | undefined;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.close());
  return () => {
    if (world === undefined) throw new Error('the world has not started');
    return world;
  };
}

/** Logs in by each way, and shows what each refusal looks like to the client's user. */
export function proveClient<Client extends ClientName>(
  client: Client,
  world: () => World,
  ways: Record<WayName<Client>, Way>,
  messages: Messages,
): void {
  const { engine, registeredAs = engine }: TestedClient = testedClients[client];
  const database = engine === 'postgres' ? 'orders' : 'ledger';
  const attemptOf = (options: AttemptOptions): Attempt => {
    const { answer } = options;
    const registered = { ...answer, database: { ...answer.database, engine: registeredAs } };
    return anAttempt(world(), { ...options, answer: registered });
  };
  describe.each<[string, Way]>(Object.entries(ways))(`${client}, given %s`, (_name, way) => {
    it('opens the database as the user of the token, over TLS', async () => {
      const answer = world().answers[database];
      const attempt = attemptOf({ answer, caFile: world().caFile });

      const outcome = await way.open(attempt);

      expect(outcome).toEqual({
        opened: true,
        session: {
          user: answer.user,
          tls: expect.stringMatching(/^TLSv1\.[23]$/),
          applicationName: nameIn(attempt, way),
        },
      });
    });

    it.each(refusals(database, messages))('$title', async (refusal) => {
      const { message, reasons, minutesLater = 0 } = refusal;
      const refusedBefore = world().refusals(database).length;
      const attempt = attemptOf(refusal.options(world()));

      const outcome = await world().after(minutesLater, () => way.open(attempt));

      expect(outcome).toEqual({ opened: false, message: expect.stringMatching(message) });
      expect(world().refusals(database).slice(refusedBefore)).toEqual(reasons);
    });
  });
}

function nameIn({ target }: Attempt, { named }: Way): unknown {
  if (named === 'no') return expect.anything();
  return named === 'by-format' ? applicationNameOf(target) : `tv:${target.vendId}`;
}

interface RefusalCase {
  readonly title: string;
  readonly options: (world: World) => AttemptOptions;
  readonly minutesLater?: number;
  readonly message: RegExp;
  /** What the server's log gains; nothing where it never saw the token. */
  readonly reasons: readonly string[];
}

const otherUsers = { orders: 'orders_deploy', ledger: 'ledger_deploy' } as const;

function refusals(database: DatabaseName, messages: Messages): RefusalCase[] {
  return [
    {
      title: 'is refused with a token that has expired',
      options: ({ answers, caFile }) => ({ answer: answers[database], caFile }),
      minutesLater: 16,
      message: messages.tokenRefused,
      reasons: ['expired'],
    },
    {
      title: "is refused with another user's token",
      options: ({ answers, caFile }) => ({
        answer: { ...answers[database], user: otherUsers[database] },
        caFile,
      }),
      message: messages.tokenRefused,
      reasons: ['wrong-user'],
    },
    {
      title: 'does not show its token to a server whose CA it does not know',
      options: ({ answers, strangeCaFile }) => ({
        answer: answers[database],
        caFile: strangeCaFile,
      }),
      // Expired, here and below, so that the server's log tells if it has been shown.
      minutesLater: 16,
      message: messages.strangeCa,
      reasons: [],
    },
    {
      title: messages.sendsInClear
        ? 'is refused without TLS, having sent its token in clear'
        : 'is refused without TLS, and sends no token',
      options: ({ answers, caFile }) => ({ answer: answers[database], caFile, plain: true }),
      minutesLater: 16,
      message: messages.notEncrypted,
      reasons: messages.sendsInClear ? ['expired'] : [],
    },
  ];
}
