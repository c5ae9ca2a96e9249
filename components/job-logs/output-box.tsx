'use client';

import { ArrowDownToLine } from 'lucide-react';
import { ScrollBox } from '@/components/job/scroll-box';
import { Button } from '@/components/ui/button';
import { useText } from '@/lib/i18n/text-context';
import { useFollow } from './use-follow';

/** A pod's output, as real text: it can be searched, selected and copied whole. */
export function OutputBox({ text, label, isGrowing }: { text: string; label: string; isGrowing: boolean }) {
  const { t } = useText();
  const { shown, isFollowing, hasNews, resume, box } = useFollow(text);
  const paused = !isFollowing && (isGrowing || hasNews);
  return (
    <div className="relative">
      <ScrollBox
        {...box}
        label={label}
        className="max-h-[30rem] min-h-24 rounded-md border border-line bg-sunken"
      >
        <pre className="whitespace-pre-wrap p-3 text-[0.8125rem] leading-5 [overflow-wrap:anywhere]">
          {shown}
        </pre>
      </ScrollBox>
      {paused && (
        <div className="absolute inset-x-0 bottom-3 flex justify-center">
          <Button small look="primary" className="floating" onClick={resume}>
            <ArrowDownToLine aria-hidden size={15} />
            {t(hasNews ? 'job.output.resumeNew' : 'job.output.resume')}
          </Button>
        </div>
      )}
    </div>
  );
}
