import { type Read, refuse } from './answer';
import { createJob } from './create-job';
import { getJobEvents, getPodEvents } from './get-events';
import { getJobMetrics } from './get-job-metrics';
import { getPodLogs } from './get-pod-logs';
import { deleteJob, getJob, stopJob } from './jobs';
import { listEcsSpecs } from './list-ecs-specs';
import { listJobs } from './list-jobs';
import type { Operation } from './operation';
import { registryRoutes } from './registry-routes';
import { updateJob } from './update-job';

type Route = { action: string; method: string; path: RegExp; run: Operation; version?: string };

/** Of PAI-DLC itself. */
const apiVersion = '2020-12-03';

const routes: Route[] = [
  { action: 'CreateJob', method: 'POST', path: /^\/api\/v1\/jobs$/, run: createJob },
  { action: 'ListJobs', method: 'GET', path: /^\/api\/v1\/jobs$/, run: listJobs },
  { action: 'GetJob', method: 'GET', path: /^\/api\/v1\/jobs\/([^/]+)$/, run: getJob },
  { action: 'UpdateJob', method: 'PUT', path: /^\/api\/v1\/jobs\/([^/]+)$/, run: updateJob },
  { action: 'DeleteJob', method: 'DELETE', path: /^\/api\/v1\/jobs\/([^/]+)$/, run: deleteJob },
  { action: 'StopJob', method: 'POST', path: /^\/api\/v1\/jobs\/([^/]+)\/stop$/, run: stopJob },
  {
    action: 'GetPodLogs',
    method: 'GET',
    path: /^\/api\/v1\/jobs\/([^/]+)\/pods\/([^/]+)\/logs$/,
    run: getPodLogs,
  },
  {
    action: 'GetPodEvents',
    method: 'GET',
    path: /^\/api\/v1\/jobs\/([^/]+)\/pods\/([^/]+)\/events$/,
    run: getPodEvents,
  },
  { action: 'GetJobEvents', method: 'GET', path: /^\/api\/v1\/jobs\/([^/]+)\/events$/, run: getJobEvents },
  { action: 'GetJobMetrics', method: 'GET', path: /^\/api\/v1\/jobs\/([^/]+)\/metrics$/, run: getJobMetrics },
  { action: 'ListEcsSpecs', method: 'GET', path: /^\/api\/v1\/ecsspecs$/, run: listEcsSpecs },
  ...registryRoutes,
];

/** What can be an id; anything else, escapes and dots included, is never there. */
const idPattern = /^[A-Za-z0-9_-]{1,128}$/;

/** The operation that an undecoded path, a method and an action agree upon. */
export function findRoute(
  method: string,
  path: string,
  action: string,
): Read<{ run: Operation; ids: string[]; version: string }> {
  const there = routes.filter((route) => route.path.test(path));
  if (there.length === 0)
    return {
      refusal: refuse(404, 'InvalidAction.NotFound', 'Specified api is not found, please check your url.'),
    };
  const route = there.find((each) => each.method === method);
  if (!route)
    return {
      refusal: refuse(400, 'UnsupportedHTTPMethod', `This url does not support the method ${method}.`),
    };
  if (route.action !== action)
    return {
      refusal: refuse(
        404,
        'InvalidAction.NotFound',
        `The action ${action} does not belong to this url and method.`,
      ),
    };
  const ids = route.path.exec(path)?.slice(1) ?? [];
  if (!ids.every((id) => idPattern.test(id)))
    return { refusal: refuse(404, 'NotFound', 'The resource named in the url is not found.') };
  return { value: { run: route.run, ids, version: route.version ?? apiVersion } };
}
