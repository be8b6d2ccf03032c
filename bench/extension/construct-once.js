import { pathToFileURL } from 'node:url';

/**
 * Imports the library, the signer or the empty module that it is told, makes one, and prints how many milliseconds that
 * took. JavaScript, because stripping types would warm up what a cold start finds cold.
 */
const { href } = pathToFileURL(process.argv[2] ?? '');
const startedAtMs = performance.now();
const { createTokenSource, Signer } = await import(href);
if (Signer === undefined) createTokenSource();
else new Signer({ hostname: 'orders.example.com', port: 5432, username: 'orders_app' });
process.stdout.write(String(performance.now() - startedAtMs));
