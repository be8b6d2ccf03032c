import { afterEach } from 'vitest';
import {
  type Listener,
  type ListenerOptions,
  listen,
} from '../../../../local/database/listener.ts';
import type { Refusal } from '../../../../local/database/login.ts';
import { createCertificateAuthority } from '../../../../local/pki.ts';
import { type FakeBackend, startFakeBackend } from './fake-backend.ts';

const root = await createCertificateAuthority({ commonName: 'test', clock: () => new Date() });
const certificate = await root.issueServer(['db.example.com']);

export interface Running {
  readonly listener: Listener;
  readonly backend: FakeBackend;
  readonly refusals: readonly Refusal[];
  /** What the token check was asked. */
  readonly asked: readonly { readonly token: string; readonly user: string }[];
}

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A listener in front of a fake server; both are closed after the test. The token `good` opens it. */
export async function aListener(changes: Partial<ListenerOptions> = {}): Promise<Running> {
  const backend = await startFakeBackend();
  const refusals: Refusal[] = [];
  const asked: { token: string; user: string }[] = [];
  const listener = await listen({
    certificate,
    backendPath: backend.path,
    usesIam: async () => true,
    checkToken: async (attempt) => {
      asked.push(attempt);
      return attempt.token === 'good' ? { ok: true } : { ok: false, reason: 'token-expired' };
    },
    onRefusal: (refusal) => refusals.push(refusal),
    ...changes,
  });
  open.push(listener.close, backend.close);
  return { listener, backend, refusals, asked };
}
