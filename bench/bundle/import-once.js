import { pathToFileURL } from 'node:url';

/**
 * Imports the bundle it is told, and prints how many milliseconds that took. JavaScript, because
 * stripping types would warm up what a cold start finds cold.
 */
const { href } = pathToFileURL(process.argv[2] ?? '');
const startedAtMs = performance.now();
await import(href);
process.stdout.write(String(performance.now() - startedAtMs));
