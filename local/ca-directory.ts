import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes a folder of CA bundles as `adapters/ca-bundles.ts` reads it, with `pem` as the only root of
 * `region`: what RDS's own roots are to a real deployment.
 */
export function writeCaDirectory(directory: string, region: string, pem: string): void {
  mkdirSync(directory, { recursive: true });
  const sha256 = createHash('sha256').update(pem).digest('hex');
  writeFileSync(join(directory, `${region}.pem`), pem);
  writeFileSync(
    join(directory, 'index.json'),
    `${JSON.stringify({ bundles: { [region]: { sha256 } } }, null, 2)}\n`,
  );
}
