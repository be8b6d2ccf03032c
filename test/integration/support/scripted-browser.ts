/** What the person at the browser does. */
export interface Person {
  readonly name: string;
  /** Presses the link or button that ends the sign-in. */
  readonly cancels?: boolean;
}

interface Page {
  readonly url: string;
  readonly status: number;
  readonly html: string;
}

/**
 * Goes through a provider's pages as a browser would: with its cookies, along its redirects, by its
 * forms. Resolves with the last page, where there is nothing left to fill in.
 */
export async function browse(start: string, person: Person, code?: string): Promise<Page> {
  const cookies = new Map<string, string>();
  let page = await visit(start, cookies);
  for (let steps = 0; steps < 10; steps += 1) {
    const abort = /href="([^"]+\/abort)"/.exec(page.html)?.[1];
    if (person.cancels === true && abort !== undefined) {
      return visit(new URL(abort, page.url).href, cookies);
    }
    const form = /<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/.exec(page.html);
    if (form === null) return page;
    const [, action = '', fields = ''] = form;
    const values = filled(fields, person, code);
    page = await visit(new URL(action, page.url).href, cookies, values);
    if (values.has('abort')) return page;
  }
  throw new Error('the provider asks for ever');
}

function filled(html: string, person: Person, code = ''): URLSearchParams {
  const values = new URLSearchParams();
  for (const [tag] of html.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1] ?? '';
    values.set(name, /value="([^"]*)"/.exec(tag)?.[1] ?? '');
  }
  if (values.has('login')) values.set('login', person.name);
  if (values.get('user_code') === '') values.set('user_code', code);
  if (person.cancels === true && values.has('confirm')) values.set('abort', 'yes');
  return values;
}

async function visit(
  url: string,
  cookies: Map<string, string>,
  form?: URLSearchParams,
): Promise<Page> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const post = form === undefined ? {} : { method: 'POST', body: form };
  const answer = await fetch(url, { ...post, headers: { cookie }, redirect: 'manual' });
  for (const line of answer.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    cookies.set(name, value);
  }
  const location = answer.headers.get('location');
  if (location !== null) return visit(new URL(location, url).href, cookies);
  return { url, status: answer.status, html: await answer.text() };
}
