import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CachedToken } from '../../../../clients/token-cache/cached-token.ts';
import type { CaBundle, VendAnswer } from '../../../../core/vend-answer.ts';
import type { CaFiles } from '../../../../layers/extension/ca-files.ts';
import { createLog, type LogLevel } from '../../../../layers/extension/log.ts';
import { anAnswer } from '../../../builders/answers.ts';
import { aClock } from '../../../builders/clock.ts';

/** A bundle of the right form, and no certificate. */
export function aBundle(name = 'eu-west-1', text = 'AAAA'): CaBundle {
  const pem = `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;
  return { name, pem, sha256: createHash('sha256').update(pem).digest('hex') };
}

/** What the API answers to a request with `inlineCa`. */
export function anAnswerWithCa(
  bundle: CaBundle = aBundle(),
  parts: Parameters<typeof anAnswer>[0] = {},
): VendAnswer {
  const answer = anAnswer(parts);
  const { name, sha256, pem } = bundle;
  const ca = { ...answer.tls.ca, bundle: name, sha256, pem };
  return { ...answer, tls: { ...answer.tls, ca } };
}

/** A token out of the cache, a minute old. */
export function aCachedToken(parts: Partial<CachedToken> = {}): CachedToken {
  const { sha256 } = aBundle();
  const answer = anAnswer();
  const ca = { ...answer.tls.ca, sha256 };
  return {
    answer: { ...answer, tls: { ...answer.tls, ca } },
    state: 'hit',
    ageSeconds: 60,
    ...parts,
  };
}

/** The bundle `eu-west-1`, with a file that is always there. */
export function someCaFiles(bundle: CaBundle = aBundle()): CaFiles {
  return {
    keep: () => undefined,
    find: (name) => (name === bundle.name ? bundle : undefined),
    fileOf: ({ name }) => `/tmp/tokenvend/${name}.pem`,
  };
}

/** A log of which the test reads the lines. */
export function aLog(level: LogLevel = 'DEBUG') {
  const lines: string[] = [];
  const log = createLog({ level, clock: aClock(), write: (line) => lines.push(line) });
  const entries = (): LogEntry[] => lines.map((line): LogEntry => JSON.parse(line));
  return { log, lines, entries, codes: () => entries().map(({ code }) => code) };
}

interface LogEntry {
  readonly code: string;
  readonly level: string;
  readonly [field: string]: unknown;
}

/** A folder that is removed when the test ends. */
export function aTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tokenvend-extension-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
