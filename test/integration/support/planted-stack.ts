import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { externalId, subjects } from '../../../local/organization.ts';
import { recordOutput } from '../../builders/output.ts';
import { type Canaries, canaries } from './canaries.ts';
import type { HttpAnswer } from './http.ts';
import { plantSigningKeys } from './planted-keys.ts';
import { startTestStack, type TestStack } from './test-stack.ts';

/** A stack full of secrets, every output of which is kept. */
export interface PlantedStack extends TestStack {
  readonly planted: Canaries;
  /** A JWT of the orders pod, of which no part may show up anywhere. */
  aJwt(claims?: Readonly<Record<string, unknown>>): Promise<string>;
  /** Plants the parts of a JWT, and returns it. */
  plantJwt(jwt: string): string;
  /** Secrets in what the process has written so far, and in the audit file. */
  leaks(): Promise<readonly string[]>;
  /** Secrets in an answer, but for the token that it is there to carry. Plants that token. */
  leaksIn(answer: HttpAnswer): readonly string[];
  /** All that was written to stdout and stderr. */
  written(): string;
}

/** Everything on: what is not written then is never written. */
const loudest = {
  POWERTOOLS_LOG_LEVEL: 'DEBUG',
  POWERTOOLS_LOGGER_LOG_EVENT: 'true',
  POWERTOOLS_METRICS_DISABLED: 'false',
  POWERTOOLS_METRICS_NAMESPACE: 'tokenvend',
};

export async function startPlantedStack(): Promise<PlantedStack> {
  Object.assign(process.env, loudest);
  const [planted, output, stack] = [canaries(), recordOutput(), await startTestStack()];
  const keys = plantSigningKeys(planted, stack);
  planted.plant('external id', externalId);

  const plantJwt = (jwt: string): string => {
    const [, payload = '', signature = ''] = jwt.split('.');
    planted.plant('JWT payload', payload);
    if (signature !== '') planted.plant('JWT signature', signature);
    return jwt;
  };

  return {
    ...stack,
    planted,
    plantJwt,
    async aJwt(claims = {}) {
      const email = `planted-claim-${crypto.randomUUID()}`;
      planted.plant('claim', email);
      const own = { sub: subjects.ordersPod, aud: [stack.audience], email, ...claims };
      return plantJwt(await stack.issuers.kubernetes.issue(own, { expiresInSeconds: 600 }));
    },
    async leaks() {
      const audit = await readFile(join(stack.directory, 'audit.jsonl'), 'utf8').catch(() => '');
      return planted.in(output.text() + audit);
    },
    leaksIn: ({ headers, text }) => {
      const rest = text.replace(tokenPattern, (token) => {
        planted.plant('token', token);
        planted.plant('token signature', /Signature=([0-9a-f]{64})/.exec(token)?.[1] ?? '');
        keys.plant(/Credential=([A-Z0-9]+)/.exec(token)?.[1] ?? '');
        return '';
      });
      return planted.in(rest + JSON.stringify(headers));
    },
    written: () => output.text(),
    close: async () => {
      output.stop();
      keys.stop();
      await stack.close();
    },
  };
}

const tokenPattern = /[a-z0-9.-]+:\d+\/\?Action=connect[^"'\s]+/g;
