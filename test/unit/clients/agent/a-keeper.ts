import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createFileKeeper,
  type FileKeeper,
  type KeptTarget,
} from '../../../../clients/agent/file-keeper.ts';
import type { TokenRequest } from '../../../../clients/api-client/token-request.ts';
import type { CachedToken } from '../../../../clients/token-cache/cached-token.ts';
import type { TokenCache } from '../../../../clients/token-cache/token-cache.ts';
import type { VendAnswer } from '../../../../core/vend-answer.ts';
import { anAnswer } from '../../../builders/answers.ts';
import { aClock } from '../../../builders/clock.ts';

/** A keeper whose tokens and CA the test decides upon, over a real folder. */
export interface KeeperUnderTest {
  readonly keeper: FileKeeper;
  readonly folder: string;
  readonly asked: TokenRequest[];
  /** How long each was to be waited for. Milliseconds. */
  readonly patience: (number | undefined)[];
  /** What the cache has next: an answer, or an error to fail with. */
  next: VendAnswer | Error;
  /** The CA that the API has next. */
  ca: string | Error;
  remove(): Promise<void>;
}

export async function aKeeper(
  parts: Partial<KeptTarget> = {},
  { refreshDue = async () => undefined }: Partial<Pick<TokenCache, 'refreshDue'>> = {},
): Promise<KeeperUnderTest> {
  const directory = await mkdtemp(join(tmpdir(), 'tokenvend-keeper-'));
  const folder = join(directory, 'orders');
  const asked: TokenRequest[] = [];
  const patience: KeeperUnderTest['patience'] = [];
  const test: KeeperUnderTest = {
    folder,
    asked,
    patience,
    next: anAnswer(),
    ca: 'the roots\n',
    keeper: createFileKeeper(
      {
        cache: {
          refreshDue,
          get: async (request, options) => {
            asked.push(request);
            patience.push(options?.timeoutMs);
            return aCachedToken(orThrow(test.next), asked.length);
          },
        },
        caPemFor: async () => orThrow(test.ca),
        clock: aClock(),
      },
      [
        {
          name: { alias: 'orders', database: 'orders' },
          folder,
          files: { seenAs: folder, fileMode: 0o600 },
          ...parts,
        },
      ],
    ),
    remove: () => rm(directory, { recursive: true }),
  };
  return test;
}

/** As the cache gives it: with a remaining life that shrinks. */
function aCachedToken(answer: VendAnswer, ageSeconds: number): CachedToken {
  const expiresIn = answer.expiresIn - ageSeconds;
  return { answer: { ...answer, expiresIn }, state: 'hit', ageSeconds };
}

function orThrow<T extends string | object>(value: T | Error): T {
  if (value instanceof Error) throw value;
  return value;
}
