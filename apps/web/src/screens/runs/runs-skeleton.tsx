import { Skeleton, SkeletonRows } from "../../parts/skeleton.tsx";

/** The page in its final shape, while its parts are on their way. */
export function RunsSkeleton() {
  return (
    <>
      <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-3">
        <Skeleton className="h-8 min-w-0 flex-1 rounded-md" />
        <Skeleton className="h-7 w-72 rounded-md max-md:hidden" />
      </div>
      <div className="min-h-0 flex-1">
        <SplitSkeleton />
      </div>
    </>
  );
}

export function SplitSkeleton() {
  return (
    <div className="flex h-full overflow-hidden">
      <div className="min-w-0 flex-[58]">
        <SkeletonRows rows={20} />
      </div>
      <div className="min-w-0 flex-[42] border-l border-line pt-11 max-[984px]:hidden">
        <ChartsSkeleton />
      </div>
    </div>
  );
}

export function ChartsSkeleton() {
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,280px),1fr))] gap-3 px-3">
      {[0, 1, 2].map((at) => (
        <div key={at} className="h-[218px] rounded-lg border border-line p-3">
          <Skeleton className="size-full" />
        </div>
      ))}
    </div>
  );
}
