import { describe, expect, it } from 'vitest';
import { vendAnswer } from '../../../core/vend-answer.ts';
import { secondsAfter, startOfTest } from '../../builders/clock.ts';
import { aDatabase, anAllowed } from '../../builders/registry.ts';
import { anIssuedToken } from '../../builders/sessions.ts';

const ca = { name: 'eu-west-1', sha256: 'ab'.repeat(32), pem: '-----BEGIN CERTIFICATE-----' };

const parts = {
  id: 'vend-1',
  allowed: anAllowed(),
  issued: anIssuedToken(),
  ca,
  inlineCa: false,
  apiUrl: 'https://tokens.example.com',
  now: startOfTest,
};

describe('vendAnswer', () => {
  it('holds all that a client needs to connect, and no more', () => {
    const host = 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com';
    const { token } = parts.issued;

    expect(vendAnswer(parts)).toEqual({
      id: 'vend-1',
      token,
      tokenLength: token.length,
      issuedAt: '2026-03-01T12:00:00.000Z',
      expiresAt: '2026-03-01T12:15:00.000Z',
      expiresIn: 900,
      refreshAfter: '2026-03-01T12:10:00.000Z',
      team: 'payments',
      user: 'orders_app',
      database: {
        name: 'orders',
        engine: 'postgres',
        host,
        port: 5432,
        dbname: 'orders',
        region: 'eu-west-1',
      },
      tls: {
        mode: 'verify-full',
        serverName: host,
        ca: {
          bundle: 'eu-west-1',
          url: 'https://tokens.example.com/v1/ca/eu-west-1',
          sha256: ca.sha256,
        },
      },
    });
  });

  it('holds the PEM only for those who ask', () => {
    expect(vendAnswer({ ...parts, inlineCa: true }).tls.ca.pem).toBe(ca.pem);
  });

  it('A18: counts a reused token by what is left of it', () => {
    const answer = vendAnswer({ ...parts, now: secondsAfter(59.5) });

    expect(answer.expiresIn).toBe(840);
  });

  it('names no database where the registry names none', () => {
    const { dbname: _, ...database } = aDatabase();

    const answer = vendAnswer({ ...parts, allowed: anAllowed({ database }) });

    expect(answer.database).not.toHaveProperty('dbname');
  });
});
