using k8s;
using k8s.Models;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Server.Tests;

/// <summary>
/// The manifests under <c>deploy/</c>: read strictly by the types of Kubernetes' own schema, so that a field it does
/// not have fails, and compared with the server and with each other. KServe's schema is not at hand; of its manifest,
/// the containers are read as Kubernetes' are.
/// </summary>
[Parallelizable]
public class ManifestTests
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "deploy");

    private static readonly Dictionary<string, Type> Types = new()
    {
        ["apps/v1/Deployment"] = typeof(V1Deployment),
        ["v1/Service"] = typeof(V1Service),
        ["autoscaling/v2/HorizontalPodAutoscaler"] = typeof(V2HorizontalPodAutoscaler),
        ["policy/v1/PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
        ["networking.k8s.io/v1/NetworkPolicy"] = typeof(V1NetworkPolicy),
    };

    private static IEnumerable<string> Manifests => Directory
        .EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(file) is not ("kustomization.yaml" or "inference-service.yaml"))
        .Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal);

    private static V1Deployment Server => (V1Deployment)Read("kubernetes/deployment.yaml");

    private static V1Container Container => Server.Spec.Template.Spec.Containers.Single();

    [TestCaseSource(nameof(Manifests))]
    public void Manifest_ReadStrictly_IsOfItsSchemaAndHasAName(string manifest)
    {
        var read = (IKubernetesObject<V1ObjectMeta>)Read(manifest);
        Assert.That(read.Metadata.Name, Is.Not.Empty);
        Assert.That(read.Metadata.Labels["app.kubernetes.io/name"], Is.EqualTo(read.Metadata.Name));
    }

    [Test]
    public void Read_FieldThatIsNone_Fails() =>
        Assert.That(
            () => KubernetesYaml.Deserialize<V1Service>("apiVersion: v1\nkind: Service\nspec:\n  colour: red\n",
                strict: true), Throws.Exception, "the checker checks");

    [Test]
    public void Kustomization_NamesEveryManifestBesideIt()
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, "kubernetes", "kustomization.yaml"));
        Assert.That(
            lines.Where(line => line.StartsWith("  - ", StringComparison.Ordinal))
                .Select(line => $"kubernetes/{line[4..]}"),
            Is.EquivalentTo(Manifests.Where(manifest => manifest.StartsWith("kubernetes/", StringComparison.Ordinal))));
    }

    [TestCase("kubernetes")]
    [TestCase("triton")]
    public void Selectors_OfAFolder_ChooseItsPods(string folder)
    {
        var deployment = (V1Deployment)Read($"{folder}/deployment.yaml");
        var service = (V1Service)Read($"{folder}/service.yaml");
        var labels = deployment.Spec.Template.Metadata.Labels;
        Assert.That(deployment.Spec.Selector.MatchLabels, Is.SubsetOf(labels));
        Assert.That(service.Spec.Selector, Is.SubsetOf(labels));
        var ports = deployment.Spec.Template.Spec.Containers.Single().Ports.Select(port => port.Name);
        Assert.That(service.Spec.Ports.Select(port => port.TargetPort.Value), Is.EquivalentTo(ports));
    }

    [Test]
    public void Selectors_OfAutoscalerBudgetAndPolicy_ChooseTheServer()
    {
        var labels = Server.Spec.Template.Metadata.Labels;
        Assert.That(((V1PodDisruptionBudget)Read("kubernetes/disruption-budget.yaml")).Spec.Selector.MatchLabels,
            Is.SubsetOf(labels));
        var policy = (V1NetworkPolicy)Read("kubernetes/network-policy.yaml");
        Assert.That(policy.Spec.PodSelector.MatchLabels, Is.SubsetOf(labels));
        Assert.That(policy.Spec.Ingress.Single().Ports.Select(port => port.Port.Value),
            Is.EquivalentTo(Container.Ports.Select(port => port.Name)));
        var autoscaler = (V2HorizontalPodAutoscaler)Read("kubernetes/autoscaler.yaml");
        Assert.That(autoscaler.Spec.ScaleTargetRef.Name, Is.EqualTo(Server.Metadata.Name));
        Assert.That(
            autoscaler.Spec.MinReplicas, Is.GreaterThan(1), "a budget of one unavailable pod leaves one that serves");
    }

    [TestCase("kubernetes")]
    [TestCase("triton")]
    public void Pods_OfADeployment_RunWithoutRights(string folder)
    {
        var pod = ((V1Deployment)Read($"{folder}/deployment.yaml")).Spec.Template.Spec;
        AssertHasNoRights(pod.SecurityContext, pod.Containers.Single());
        Assert.That(pod.AutomountServiceAccountToken, Is.False);
    }

    [Test]
    public void Containers_OfKServe_AreThoseOfKubernetes()
    {
        var yaml = File.ReadAllText(Path.Combine(Folder, "kserve", "inference-service.yaml"));
        var predictor = KubernetesYaml.Deserialize<Dictionary<string, object>>(yaml);
        Assert.That((predictor["apiVersion"], predictor["kind"]),
            Is.EqualTo(("serving.kserve.io/v1beta1", "InferenceService")));

        var pod = KubernetesYaml.Deserialize<V1PodSpec>(PodOf(yaml), strict: true);

        AssertHasNoRights(pod.SecurityContext, pod.Containers.Single());
        Assert.That(
            pod.Containers.Single().Ports.Single().ContainerPort, Is.EqualTo(8000), "KServe passes on one port");
        Assert.That(pod.Containers.Single().Image, Is.EqualTo(Container.Image));
    }

    [Test]
    public async Task Server_WithTheManifestsEnvironment_IsReadyAtItsProbes()
    {
        var settings = Container.Env.Select(
            variable => variable.Name.Replace("__", ":", StringComparison.Ordinal)
                + $"={variable.Value ?? "a-key-of-the-secret"}");
        await using var server = await TestServer.StartAsync([.. settings, "Shutdown:Delay=0"]);

        foreach (var probe in new[] { Container.StartupProbe, Container.LivenessProbe, Container.ReadinessProbe })
        {
            Assert.That((await server.GetAsync(probe.HttpGet.Path)).Status, Is.EqualTo(200), "without a key");
            Assert.That(Container.Ports.Select(port => port.Name), Does.Contain(probe.HttpGet.Port.Value));
        }

        Assert.That((await server.GetAsync(Server.Spec.Template.Metadata.Annotations["prometheus.io/path"])).Status,
            Is.EqualTo(200), "Prometheus has no key");
        Assert.That((await server.GetAsync("/v2")).Status, Is.EqualTo(401), "the secret's key is asked for");
    }

    [Test]
    public void Autoscaler_ByItsMetric_NamesOneThatTheServerHas() =>
        Assert.That(
            ((V2HorizontalPodAutoscaler)Read("kubernetes/autoscaler.yaml")).Spec.Metrics
                .Single(metric => metric.Pods is not null).Pods.Metric.Name,
            Is.EqualTo("onnx_sentiment_server_queue_length"), "MetricsTests reads it from the server");

    [Test]
    public void GracePeriod_OfTheServer_IsLongEnoughToStop()
    {
        var delay = TimeSpan.Parse(Container.Env.Single(variable => variable.Name == "Shutdown__Delay").Value, null);
        Assert.That(Server.Spec.Template.Spec.TerminationGracePeriodSeconds,
            Is.GreaterThan((delay + new ShutdownOptions().Timeout).TotalSeconds));
    }

    private static void AssertHasNoRights(V1PodSecurityContext pod, V1Container container)
    {
        Assert.That(pod.RunAsNonRoot, Is.True);
        Assert.That(pod.SeccompProfile.Type, Is.EqualTo("RuntimeDefault"));
        Assert.That(container.SecurityContext.ReadOnlyRootFilesystem, Is.True);
        Assert.That(container.SecurityContext.AllowPrivilegeEscalation, Is.False);
        Assert.That(container.SecurityContext.Capabilities.Drop, Is.EqualTo(["ALL"]));
        Assert.That(container.Resources.Limits.Keys, Is.SupersetOf(["cpu", "memory"]));
        Assert.That(container.LivenessProbe?.HttpGet?.Path, Is.EqualTo("/v2/health/live"));
        Assert.That(container.ReadinessProbe?.HttpGet?.Path, Is.EqualTo("/v2/health/ready"));
    }

    private static object Read(string manifest)
    {
        var yaml = File.ReadAllText(Path.Combine(Folder, manifest));
        var header = KubernetesYaml.Deserialize<V1Pod>(yaml);
        var deserialize = typeof(KubernetesYaml).GetMethods().Single(
            method => method.Name == nameof(KubernetesYaml.Deserialize)
                && method.GetParameters()[0].ParameterType == typeof(string));
        return deserialize.MakeGenericMethod(Types[$"{header.ApiVersion}/{header.Kind}"]).Invoke(null, [yaml, true])!;
    }

    // KServe's predictor is a pod's specification and some fields of its own, which are left out here.
    private static string PodOf(string yaml)
    {
        string[] own = ["minReplicas", "maxReplicas", "scaleMetric", "scaleTarget"];
        var lines = yaml.Split('\n').SkipWhile(line => line != "  predictor:").Skip(1);
        return string.Join(
            '\n',
            lines.Where(line => !own.Contains(line.Trim().Split(':')[0]))
                .Select(line => line.Length > 4 ? line[4..] : ""));
    }
}
