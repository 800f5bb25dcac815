using System.Collections.Immutable;

namespace Harness.Agent.Applications;

/// <summary>
/// Gathers one step of the core: the state so far and the effects in order. Lives for one call of <see cref="ApplicationCore.Apply"/>.
/// </summary>
internal sealed class StepBuilder(ApplicationState state, DateTimeOffset now)
{
    private readonly ImmutableArray<ApplicationEffect>.Builder _effects = ImmutableArray.CreateBuilder<ApplicationEffect>();

    public ApplicationState State { get; set; } = state;

    public DateTimeOffset Now { get; } = now;

    public ContainerState this[int index]
    {
        get => State.Containers[index];
        set => State = State.With(index, value);
    }

    public void Emit(ApplicationEffect effect) => _effects.Add(effect);

    public Step Build() => new(State, _effects.ToImmutable());
}
