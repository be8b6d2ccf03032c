import { join } from 'node:path';
import type { VendAnswer } from '../../core/vend-answer.ts';
import { settlesWithin } from '../token-cache/settles-within.ts';
import type { TokenCache } from '../token-cache/token-cache.ts';
import { putFile } from './atomic-file.ts';
import type { CaPemFor } from './ca-bundles.ts';
import { ensurePrivateFolder, removeAbandoned } from './private-folder.ts';
import { type FileSettings, targetFiles } from './target-files.ts';
import type { TargetName } from './target-name.ts';

/** One target, and where its files go. */
export interface KeptTarget {
  readonly name: TargetName;
  readonly team?: string | undefined;
  /** The target's own folder, made when it is first written. Its parent has to exist. */
  readonly folder: string;
  readonly files: FileSettings;
}

/** How one pass ended for one target. */
export type Outcome =
  | {
      readonly alias: string;
      readonly state: 'written' | 'unchanged';
      /** What the files hold now. */
      readonly answer: VendAnswer;
      /** Whether the API fails at the moment, and the token is one from before. */
      readonly stale: boolean;
    }
  /** The files are as they were. `error` is a `ClientError`, a `FormatError` or a `WriteError`. */
  | { readonly alias: string; readonly state: 'failed'; readonly error: unknown };

export interface KeeperDependencies {
  readonly cache: Pick<TokenCache, 'get' | 'refreshDue'>;
  readonly caPemFor: CaPemFor;
  readonly clock: () => Date;
  /** Told after every pass, at `now`. */
  readonly onPass?: ((outcomes: readonly Outcome[], now: Date) => void) | undefined;
}

/** Keeps the files of several targets as they should be, one pass at a time. */
export interface FileKeeper {
  /** Renews what is due, and writes what is not as it should be. Never rejects. */
  pass(): Promise<readonly Outcome[]>;
}

/**
 * How long a pass waits for tokens to be renewed, and then for those that are missing. Calls may take
 * longer, by the number of addresses or a setting: the next pass finds what they bring, and meanwhile
 * an orchestrator sees the loop turn, and one slow database keeps no other waiting. Milliseconds.
 */
const longestWaitMs = 10_000;

export function createFileKeeper(
  deps: KeeperDependencies,
  targets: readonly KeptTarget[],
): FileKeeper {
  const lastAnswers = new Map<string, VendAnswer>();

  /**
   * The cache counts `expiresIn` down. The files hold the value that came with the token, so that they
   * stay the same for its life.
   */
  const asItCame = (alias: string, answer: VendAnswer): VendAnswer => {
    const last = lastAnswers.get(alias);
    return last?.id === answer.id ? last : answer;
  };

  const keep = async (target: KeptTarget): Promise<Outcome> => {
    const { alias, database, user } = target.name;
    try {
      const request = { database, user, team: target.team };
      const got = await deps.cache.get(request, { timeoutMs: longestWaitMs });
      const answer = asItCame(alias, got.answer);
      const caPem = await deps.caPemFor(answer);
      const wrote = await putAll(target, answer, caPem, deps.clock());
      lastAnswers.set(alias, answer);
      return {
        alias,
        state: wrote ? 'written' : 'unchanged',
        answer,
        stale: got.state === 'stale',
      };
    } catch (error) {
      return { alias, state: 'failed', error };
    }
  };

  return {
    async pass() {
      await settlesWithin(deps.cache.refreshDue(), longestWaitMs);
      const outcomes = await Promise.all(targets.map(keep));
      deps.onPass?.(outcomes, deps.clock());
      return outcomes;
    },
  };
}

/** Writes one file after the other: the order keeps a reader from finding a token without its CA. */
async function putAll(
  { name, folder, files }: KeptTarget,
  answer: VendAnswer,
  caPem: string,
  now: Date,
): Promise<boolean> {
  const wanted = targetFiles({ alias: name.alias, answer, caPem }, files);
  await ensurePrivateFolder(folder, files.fileMode);
  let wrote = false;
  for (const file of wanted) {
    if (await putFile({ ...file, path: join(folder, file.name) })) wrote = true;
  }
  if (wrote) await removeAbandoned(folder, now);
  return wrote;
}
