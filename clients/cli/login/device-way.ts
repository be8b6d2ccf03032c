import { initiateDeviceAuthorization, pollDeviceAuthorizationGrant } from 'openid-client';
import { usageError } from '../cli-error.ts';
import { printable } from '../printable.ts';
import { safeUrl } from './provider-fetch.ts';
import { type SignInWay, wishParameters } from './sign-in.ts';

/**
 * Signs in with a browser somewhere else, by a code that is typed there (RFC 8628). Where the provider
 * gives an address that holds the code, it is shown too, and the code still is: to compare them is what
 * protects from being sent somebody else's (RFC 8628 section 5.4).
 */
export const deviceWay: SignInWay = async ({ provider, wish, tell, signal }) => {
  if (provider.serverMetadata().device_authorization_endpoint === undefined) {
    throw usageError('The sign-in provider offers no sign-in by code: use --browser.');
  }
  const device = await initiateDeviceAuthorization(provider, wishParameters(wish));
  const { verification_uri_complete: complete } = device;
  const code = printable(device.user_code);
  tell(
    `Open ${shown(device.verification_uri)} on any device, and enter this code:\n\n  ${code}\n\n`,
  );
  if (complete !== undefined) tell(`Or open this, and compare the code: ${shown(complete)}\n\n`);
  const lifetime = AbortSignal.timeout(device.expires_in * 1000);
  return pollDeviceAuthorizationGrant(
    provider,
    device,
    wish.resource === undefined ? {} : { resource: wish.resource },
    { signal: AbortSignal.any([signal, lifetime]) },
  );
};

const shown = (url: string): string => printable(safeUrl(url).href);
