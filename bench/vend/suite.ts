import type { Measurement } from '../measurement.ts';
import { measureJwtVerification } from './jwt-verification.ts';
import { measureRegistrySize } from './registry-size.ts';
import { measureStsCalls } from './sts-calls.ts';
import { measureWarmVend } from './warm-vend.ts';

/** A request's way through the functions. */
export async function measureVend(): Promise<readonly Measurement[]> {
  return [
    ...(await measureWarmVend()),
    await measureRegistrySize(),
    ...(await measureStsCalls()),
    await measureJwtVerification(),
  ];
}
