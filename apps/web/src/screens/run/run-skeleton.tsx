import { Skeleton } from "../../parts/skeleton.tsx";

/** A run's page before its run is there. */
export function RunSkeleton() {
  return (
    <div role="status" aria-label="Loading the run" className="flex flex-col gap-5">
      <div className="flex flex-col gap-3">
        <Skeleton className="h-6 w-72 max-w-full" />
        <Skeleton className="h-4 w-44" />
      </div>
      <div className="flex flex-wrap gap-7">
        {[56, 72, 96, 88, 80].map((width, at) => (
          <div key={at} style={{ width }} className="flex flex-col gap-2">
            <Skeleton className="h-3 w-3/4" />
            <Skeleton className="h-4 w-full" />
          </div>
        ))}
      </div>
      <Skeleton className="h-[84px] w-full rounded-lg" />
      <div className="h-9 border-b border-line" />
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,330px),1fr))] gap-3">
        {[0, 1, 2].map((at) => (
          <Skeleton key={at} className="h-[230px] rounded-lg" />
        ))}
      </div>
    </div>
  );
}
