/**
 * What talks to OpenID providers, with the library for it: a part of the command line of its own, which
 * is loaded by those who sign in, sign out, or have an identity that has to be renewed.
 */
export { defineLoginVerb } from './login/login-verb.ts';
export { defineLogoutVerb } from './login/logout-verb.ts';
export { renewSession } from './login/renew-session.ts';
