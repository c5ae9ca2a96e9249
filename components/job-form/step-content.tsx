import type { Step } from '@/lib/form/steps';
import { BasicsStep } from './basics-step';
import { DataStep } from './data-step';
import { CodeStep, EnvironmentStep, NetworkStep, SchedulingStep } from './plain-steps';
import { ReviewStep } from './review-step';
import { RolesStep } from './roles-step';

/** Only the step that is shown exists; the values of the others stay in the form. */
export function StepContent(props: {
  step: Step;
  isLocal: boolean;
  submissionId: string;
  go: (name: string) => void;
}) {
  switch (props.step) {
    case 'basics':
      return <BasicsStep />;
    case 'roles':
      return <RolesStep />;
    case 'code':
      return <CodeStep />;
    case 'data':
      return <DataStep />;
    case 'environment':
      return <EnvironmentStep />;
    case 'network':
      return <NetworkStep />;
    case 'scheduling':
      return <SchedulingStep />;
    case 'review':
      return <ReviewStep isLocal={props.isLocal} submissionId={props.submissionId} go={props.go} />;
  }
}
