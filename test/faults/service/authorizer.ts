import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { createJwtVerifier } from '../../../adapters/jwt-verifier.ts';
import { createAuthorizerHandler } from '../../../functions/authorizer/handler.ts';
import { aLog } from '../../builders/ports.ts';
import { createMortal, type Mortal } from '../world/mortal.ts';
import type { ServicePorts } from './environment.ts';

/** One execution environment of the authorizer function. */
export interface AuthorizerEnvironment {
  readonly life: Mortal;
  invoke(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult>;
}

/** Between two fetches of an issuer's keys while there are none; 30 s else (adapters/remote-keys.ts). */
const leastMs = 5_000;

/**
 * Starts one. It takes one request at a time, as on Lambda: its key operations are real work, and only of
 * one chain of steps can it be told whether it works or waits.
 */
export function startAuthorizer(ports: ServicePorts): AuthorizerEnvironment {
  const { realWork } = ports.time;
  const mortal = createMortal();
  const life: Mortal = {
    ...mortal,
    effect: (effect) => realWork.pause(() => mortal.effect(effect)),
  };
  const clock = (): Date => new Date();
  const handler = createAuthorizerHandler({
    verify: createJwtVerifier({
      registry: ports.registry.open(life),
      clock,
      log: aLog(),
      fetchJwks(address) {
        ports.pace.look(life, address, leastMs);
        return life.effect(() => ports.issuers.keysAt(address));
      },
    }),
    audit: ports.audit.open(life),
    clock,
    ids: ports.ids,
    log: aLog(),
  });
  let before: Promise<unknown> = Promise.resolve();
  return {
    life,
    invoke(event) {
      const answer = before.then(() => realWork.run(() => handler(event)));
      before = answer.catch(() => undefined);
      return answer;
    },
  };
}
