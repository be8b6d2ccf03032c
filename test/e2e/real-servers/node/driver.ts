import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

/** What the test asks the database; the answer is one text. */
export const question = process.env.QUESTION ?? '';

/** The rendered format. */
export const input = (): Promise<string> => text(process.stdin);

const document = z.object({
  id: z.string(),
  token: z.string(),
  user: z.string(),
  database: z.object({ host: z.string(), port: z.number(), dbname: z.string() }),
  tls: z.object({ mode: z.string(), ca: z.object({ file: z.string() }) }),
});

export type Connection = z.infer<typeof document>;

/** The format `json`, as a program reads it. */
export async function connection(): Promise<Connection> {
  return document.parse(JSON.parse(await input()));
}

/** The CA to verify with; `undefined` where the document asks for no encryption. */
export function caOf({ tls }: Connection): string | undefined {
  return tls.mode === 'verify-full' ? readFileSync(tls.ca.file, 'utf8') : undefined;
}

/** Prints what the database answers, or why it stays shut. */
export async function report(ask: () => Promise<string>): Promise<void> {
  try {
    process.stdout.write(await ask());
  } catch (refusal) {
    process.stderr.write(refusal instanceof Error ? refusal.message : 'refused');
    process.exitCode = 1;
  }
}
