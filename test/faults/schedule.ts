import fc from 'fast-check';
import { networkMoods } from './clients/network.ts';
import { auditMoods } from './service/audit-port.ts';
import { issuerMoods } from './service/issuer-port.ts';
import { registryMoods } from './service/registry-port.ts';
import { stsMoods } from './service/sts-port.ts';
import type { EditionName } from './world/editions.ts';

/** What can happen. Plain JSON, so that a schedule can be printed, kept and run again. */
export type Step =
  /** Time passes, in which every client is used every few seconds where it is `busy`. */
  | { readonly do: 'pass'; readonly seconds: number; readonly busy: boolean }
  | { readonly do: 'freeze'; readonly seconds: number }
  /** Of the machines of all clients, against true time. */
  | { readonly do: 'client-clocks'; readonly offsetSeconds: number }
  /** Of the functions. Lambda keeps its clocks: by seconds at most. */
  | { readonly do: 'function-clocks'; readonly offsetSeconds: number }
  | { readonly do: 'use'; readonly client: number; readonly times: number; readonly fresh: boolean }
  /** A call without a cache, of anybody for anything, taken back after a while. */
  | {
      readonly do: 'call';
      readonly caller: number;
      readonly target: number;
      readonly fresh: boolean;
      readonly giveUpMs: number;
    }
  | { readonly do: 'sts'; readonly mood: (typeof stsMoods)[number] }
  | { readonly do: 'registry'; readonly mood: (typeof registryMoods)[number] }
  | { readonly do: 'issuers'; readonly mood: (typeof issuerMoods)[number] }
  | { readonly do: 'audit'; readonly mood: (typeof auditMoods)[number] }
  | { readonly do: 'network'; readonly mood: (typeof networkMoods)[number] }
  | { readonly do: 'publish'; readonly edition: EditionName }
  /** Suspends these, and lifts all other suspensions. */
  | { readonly do: 'suspend'; readonly names: readonly string[] }
  | {
      readonly do: 'kill';
      readonly what: 'tokens' | 'authorizer' | 'client';
      readonly which: number;
      readonly afterMs: number;
    };

/** Everything that a run depends on. */
export interface Schedule {
  readonly seed: number;
  /** Whether records have to be in a store before the stream gets them. */
  readonly strictAudit: boolean;
  /** Whether the extension is started for a snapshot, as under SnapStart. */
  readonly fromSnapshot: boolean;
  /** The agent's files cost real time: it takes part in some runs. */
  readonly withAgent: boolean;
  readonly steps: readonly Step[];
}

const suspendable = [
  'team/payments',
  'member/payments/api-pods',
  'member/payments/nightly',
  'user/orders/orders_app',
  'database/ledger',
  'issuer/github',
];

const just = <T extends string>(value: T): fc.Arbitrary<T> => fc.constant<T>(value);
const seconds = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
/** Well as often as not: a fault that lasts teaches less than one that comes and goes. */
const mood = <T extends string>(moods: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...moods.slice(0, 1)) },
    { weight: 3, arbitrary: fc.constantFrom(...moods) },
  );

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: just('pass'), seconds: seconds(1, 20), busy: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: just('pass'), seconds: seconds(20, 400), busy: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: just('freeze'), seconds: seconds(1, 60) }) },
  { weight: 1, arbitrary: fc.record({ do: just('freeze'), seconds: seconds(60, 86_400) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: just('client-clocks'), offsetSeconds: seconds(-4_000, 4_000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: just('function-clocks'), offsetSeconds: seconds(-5, 5) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: just('use'),
      client: fc.nat(4),
      times: seconds(1, 4),
      fresh: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: just('call'),
      caller: fc.nat(3),
      target: fc.nat(5),
      fresh: fc.boolean(),
      giveUpMs: seconds(1, 5_000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: just('sts'), mood: mood(stsMoods) }) },
  { weight: 2, arbitrary: fc.record({ do: just('registry'), mood: mood(registryMoods) }) },
  { weight: 1, arbitrary: fc.record({ do: just('issuers'), mood: mood(issuerMoods) }) },
  { weight: 2, arbitrary: fc.record({ do: just('audit'), mood: mood(auditMoods) }) },
  { weight: 2, arbitrary: fc.record({ do: just('network'), mood: mood(networkMoods) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: just('publish'),
      edition: fc.constantFrom<EditionName>('everyone', 'without-pods', 'without-nightly'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: just('suspend'),
      names: fc.subarray(suspendable, { maxLength: 2 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: just('kill'),
      what: fc.constantFrom('tokens' as const, 'authorizer' as const, 'client' as const),
      which: fc.nat(4),
      afterMs: fc.nat(1_500),
    }),
  },
);

/** Any schedule. */
export const anySchedule: fc.Arbitrary<Schedule> = fc.record({
  seed: fc.nat(),
  strictAudit: fc.boolean(),
  fromSnapshot: fc.boolean(),
  withAgent: fc.nat(3).map((draw) => draw === 0),
  steps: fc.array(step, { minLength: 3, maxLength: 30 }),
});
