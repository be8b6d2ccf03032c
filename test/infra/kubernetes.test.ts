import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { manifest, podOf, settings, variants } from './kubernetes-manifests.ts';

describe.each(variants)('deploy/kubernetes/%s', (variant) => {
  const pod = podOf(variant);
  const all = [...pod.initContainers, ...pod.containers];
  const volumes = new Map(pod.volumes.map((one) => [one.name, one]));

  it('runs nothing as root, and every container with the same UID', () => {
    expect(pod.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: expect.any(Number),
      runAsGroup: expect.any(Number),
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  it('leaves no container a right that it does not need', () => {
    for (const { securityContext } of all) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  it('limits what every container takes', () => {
    for (const { resources } of all) {
      expect(Object.keys(resources.requests)).toEqual(['cpu', 'memory']);
      expect(Object.keys(resources.limits)).toEqual(['cpu', 'memory']);
    }
  });

  it('mounts no token of the API server, and lets no Service set a flag', () => {
    expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
  });

  it('proves who it is with a short-lived token for the API alone', () => {
    expect(volumes.get('identity')).toEqual({
      name: 'identity',
      projected: {
        sources: [
          {
            serviceAccountToken: {
              path: 'token',
              audience: settings().TOKENVEND_API_URL,
              expirationSeconds: 600,
            },
          },
        ],
      },
    });
  });

  it('keeps tokens in memory, and in a folder: a file that is mounted alone is never renewed', () => {
    expect(volumes.get('connections')?.emptyDir).toEqual({ medium: 'Memory', sizeLimit: '1Mi' });
    for (const { volumeMounts } of all) {
      for (const mount of volumeMounts) expect(mount).not.toHaveProperty('subPath');
    }
  });

  it('mounts only volumes that there are, and writes only to those in which it has something to write', () => {
    const mounts = all.flatMap(({ volumeMounts }) => volumeMounts);

    expect(new Set(mounts.map(({ name }) => name))).toEqual(new Set(volumes.keys()));
    for (const { name, readOnly } of mounts) if (name === 'identity') expect(readOnly).toBe(true);
  });
});

describe('the application', () => {
  it.each(['init', 'sidecar', 'job'] as const)('sees no identity in %s', (variant) => {
    const mounts = podOf(variant).containers.flatMap(({ volumeMounts }) => volumeMounts);

    expect(mounts).toEqual([{ name: 'connections', mountPath: '/run/db', readOnly: true }]);
  });

  it('waits for the sidecar by a startup probe, which is the only one that kubelet waits for', () => {
    const [sidecar, ...others] = podOf('sidecar').initContainers;

    expect(others).toEqual([]);
    expect(sidecar).toMatchObject({
      restartPolicy: 'Always',
      startupProbe: { httpGet: { path: '/startup', port: 'health' } },
      readinessProbe: { httpGet: { path: '/readiness', port: 'health' } },
      livenessProbe: { httpGet: { path: '/liveness', port: 'health' } },
    });
  });

  it('is started anew in a new pod where its token is from an init container', () => {
    expect(podOf('job')).toMatchObject({ restartPolicy: 'Never' });
  });
});

describe('the Kustomize files', () => {
  const folders = ['base', ...variants, 'overlays/production'];
  const kustomization = z.looseObject({ resources: z.array(z.string()) });

  it.each(folders)('name resources that exist in %s', (folder) => {
    const { resources } = kustomization.parse(manifest(`${folder}/kustomization.yaml`));

    const missing = resources.filter((path) => !existsSync(`deploy/kubernetes/${folder}/${path}`));

    expect(resources).not.toEqual([]);
    expect(missing).toEqual([]);
  });

  it('put the pods of the overlay where the example registry looks for them', () => {
    const { namespace } = z.looseObject({ namespace: z.string() }).parse(overlay());
    const team = parse(readFileSync('examples/registry/teams/payments.yaml', 'utf8'));

    const subject = `system:serviceaccount:${namespace}:${podOf('sidecar').serviceAccountName}`;

    expect(JSON.stringify(team)).toContain(`"subject":"${subject}"`);
  });

  it('replace an image that the manifests name', () => {
    const { images } = z
      .looseObject({ images: z.array(z.looseObject({ name: z.string() })) })
      .parse(overlay());
    const [sidecar] = podOf('sidecar').initContainers;

    expect(images.map(({ name }) => name)).toEqual([sidecar?.image.replace(/:[^:]*$/, '')]);
  });
});

function overlay(): unknown {
  return manifest('overlays/production/kustomization.yaml');
}
