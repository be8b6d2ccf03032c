import { Signer } from '@aws-sdk/rds-signer';
import { region } from '../../local/organization.ts';
import { compared, type Measurement } from '../measurement.ts';
import { sideBySide } from '../side-by-side.ts';
import { openProvingGround, type ProvingGround } from './proving-ground.ts';
import { databaseUser, openDatabases, registryOf } from './registry-of.ts';
import { tokensFunction } from './tokens-function.ts';

/** At most three times a bare token, with everything that a vend does besides. */
const budget = 3;

const effort = { rounds: 15, calls: 1000 };

/** A warm vend, everything but the network, against the SDK's signer with the same kind of session. */
export async function measureWarmVend(): Promise<Measurement[]> {
  const ground = await openProvingGround(() => new Date());
  try {
    return [
      compared('warm vend, p50 / bare rds-signer', 'µs', await timed(ground, now), budget),
      compared(
        'warm vend, a new token each time, p50 / bare rds-signer',
        'µs',
        await timed(ground, ahead),
        budget,
      ),
    ];
  } finally {
    await ground.close();
  }
}

const now = (): Date => new Date();

/**
 * A minute and a second ahead of the clock that the signer dates tokens by, so that each token is too
 * old to be handed out again by the next request. Nothing else depends on the difference.
 */
const ahead = (): Date => new Date(Date.now() + 61_000);

async function timed(ground: ProvingGround, clock: () => Date) {
  const registry = registryOf(10);
  const vend = tokensFunction(await ground.environmentWith(registry), clock);
  const [database] = openDatabases(registry, 1);
  const signer = bareSigner(registry.databases[0]?.host ?? '');
  return sideBySide({ subject: () => vend(database), peer: () => signer.getAuthToken() }, effort);
}

/**
 * Made once, which a vend cannot do: each caller has a session of its own. Its session token is as long
 * as the local STS's are on average.
 */
function bareSigner(hostname: string): Signer {
  const credentials = {
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    sessionToken: 'FwoGZXIvYXdzEXAMPLE+/='.repeat(40),
  };
  return new Signer({ hostname, port: 5432, region, username: databaseUser, credentials });
}
