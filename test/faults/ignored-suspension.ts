import type { PlantedDefect } from './plant.ts';

const call = { do: 'call', caller: 0, target: 0, fresh: false, giveUpMs: 5_000 } as const;
const quiet = (seconds: number) => ({ do: 'pass', seconds, busy: false }) as const;

/** A tokens function that reads who is suspended, and serves them: a second way to break `granted-token`. */
export const ignoredSuspension: PlantedDefect = {
  plant: {
    tokens: ({ registry, ...deps }) => ({
      ...deps,
      registry: {
        slice: async (query) => ({ ...(await registry.slice(query)), suspensions: new Set() }),
      },
    }),
  },
  steps: [
    call,
    quiet(5),
    { do: 'suspend', names: ['member/payments/api-pods'] },
    quiet(20),
    call,
    quiet(5),
  ],
};
