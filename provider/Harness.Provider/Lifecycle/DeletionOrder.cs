namespace Harness.Provider.Lifecycle;

/// <summary>A pod has to go: by when its application must have ended, and whether its API object is gone already. A value.</summary>
internal sealed record DeletionOrder(DateTimeOffset Due, bool ObjectGone);
