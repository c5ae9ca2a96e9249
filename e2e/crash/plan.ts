import type { Point } from './points';
import { newRandom, toUuid } from './random';

/** One submission, and how often and when it is sent. */
export type Planned = {
  id: string;
  body: Record<string, unknown>;
  resend: boolean;
  sends: {
    afterMs: number;
    to: number;
    waitMs: number;
    at?: { point: Point; signal: 'SIGKILL' | 'SIGSTOP' };
  }[];
};

/** Where the one who sends first is ended or stopped. */
export const points: readonly Point[] = [
  'before-insert',
  'after-insert',
  'before-claim',
  'after-claim',
  'first-byte',
  'after-body',
  'after-answer',
  'before-settle',
  'after-settle',
];

/** A third is sent once, the others two or three times, to two instances and now and then to the third. */
export function toPlan(seed: string, submissions: number): Planned[] {
  return Array.from({ length: submissions }, (_, index) => {
    const random = newRandom(`${seed} plan ${index}`);
    const id = toUuid(`${seed} id ${index}`);
    const sends = random.pick([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
    const point = index % 7 === 3 ? points[Math.floor(index / 7) % points.length] : undefined;
    const signal =
      point !== 'after-body' && random.chance(0.25) ? ('SIGSTOP' as const) : ('SIGKILL' as const);
    return {
      id,
      body: toBody(`crash-${index}`, random.chance(0.3) ? 'ws-2' : undefined),
      resend: random.chance(0.3),
      sends: Array.from({ length: sends }, (_, send) => ({
        // A double click, another tab, and somebody who comes back.
        afterMs:
          send === 0
            ? 0
            : random.pick([
                [0, 2],
                [random.between(1, 150), 2],
                [random.between(150, 6_000), 1],
              ]),
        to: random.pick([
          [0, 9],
          [1, 9],
          [2, 1],
        ]),
        waitMs: random.between(200, 3_000),
        ...(send === 0 && point ? { at: { point, signal } } : {}),
      })),
    };
  });
}

function toBody(name: string, workspace: string | undefined): Record<string, unknown> {
  const role = {
    Type: 'Worker',
    PodCount: 1,
    Image: 'registry.example.com/team/train:1',
    EcsSpec: 'ecs.g6.large',
  };
  return {
    DisplayName: name,
    JobType: 'PyTorchJob',
    UserCommand: `python train.py --name ${name}`,
    JobSpecs: [role],
    Envs: { TOKEN: 'not-shown', NAME: name },
    ...(workspace === undefined ? {} : { WorkspaceId: workspace }),
  };
}
