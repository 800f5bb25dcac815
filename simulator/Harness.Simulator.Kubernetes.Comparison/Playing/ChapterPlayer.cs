using System.Text.Json.Nodes;
using Harness.Simulator.Kubernetes.Comparison.Normalising;
using Harness.Simulator.Kubernetes.Comparison.Requests;
using Harness.Simulator.Kubernetes.Comparison.Servers;

namespace Harness.Simulator.Kubernetes.Comparison.Playing;

/// <summary>Plays chapters and gives the answers in the form in which they are compared and recorded.</summary>
internal sealed class ChapterPlayer(IApiServer server, TimeProvider time)
{
    /// <summary>The answers by the names of their steps, in order.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, JsonObject>>> PlayAsync(Chapter chapter, CancellationToken cancellationToken)
    {
        var session = new ServerSession(server, chapter);
        await session.BeginAsync(cancellationToken);
        var normaliser = new AnswerNormaliser(time);
        var answers = new List<KeyValuePair<string, JsonObject>>();
        foreach (Step step in chapter.Steps)
        {
            answers.Add(new(step.Name, normaliser.Normalise(await session.PlayAsync(step, cancellationToken))));
        }

        return answers;
    }
}
