import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.KeyTransRecipientInformation;
import org.bouncycastle.cms.Recipient;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyTransAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.operator.jcajce.JcaAlgorithmParametersConverter;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/**
 * Bouncy Castle as a peer: reads one command a line, its words apart by tabs, and answers each by a line "ok" or
 * "failed: why". One process serves all, since starting Java takes longer than what is asked.
 */
public final class Bc {
  public static void main(String[] args) throws Exception {
    Security.addProvider(new BouncyCastleProvider());
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
    for (String line; (line = commands.readLine()) != null; ) {
      String[] words = line.split("\t");
      try {
        run(words);
        System.out.println("ok");
      } catch (Exception | LinkageError error) {
        System.out.println("failed: " + String.valueOf(error).replace('\n', ' '));
      }
    }
  }

  private static void run(String[] words) throws Exception {
    switch (words[0]) {
      case "verify" -> verify(words[1], words[2], words[3], words[4]);
      case "decrypt" -> decrypt(words[1], words[2], words[3]);
      case "sign" -> sign(words[1], words[2], words[3].equals("opaque"), words[4], words[5]);
      case "encrypt" -> encrypt(words[1], words[2], words[3], words[4], words[5]);
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  /** Every signature and the certificate's by the CA; content "-" for an opaque one. */
  private static void verify(String file, String content, String authority, String output) throws Exception {
    byte[] cms = read(file);
    CMSSignedData signed =
        content.equals("-")
            ? new CMSSignedData(cms)
            : new CMSSignedData(new CMSProcessableByteArray(read(content)), cms);
    if (signed.getSignerInfos().size() == 0) throw new SecurityException("no signer");
    for (SignerInformation signer : signed.getSignerInfos().getSigners()) {
      @SuppressWarnings("unchecked")
      X509CertificateHolder holder =
          (X509CertificateHolder) signed.getCertificates().getMatches(signer.getSID()).iterator().next();
      if (!signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(holder)))
        throw new SecurityException("signature");
      if (!holder.isSignatureValid(
          new JcaContentVerifierProviderBuilder().setProvider("BC").build(certificate(authority))))
        throw new SecurityException("certificate");
    }
    write(output, (byte[]) signed.getSignedContent().getContent());
  }

  private static void decrypt(String file, String owner, String output) throws Exception {
    byte[] cms = read(file);
    boolean isAuthenticated =
        ContentInfo.getInstance(cms).getContentType().equals(CMSObjectIdentifiers.authEnvelopedData);
    List<RecipientInformation> recipients =
        List.copyOf(
            (isAuthenticated
                    ? new CMSAuthEnvelopedData(cms).getRecipientInfos()
                    : new CMSEnvelopedData(cms).getRecipientInfos())
                .getRecipients());
    X509CertificateHolder holder = new X509CertificateHolder(certificate(owner + ".pem").getEncoded());
    for (RecipientInformation recipient : recipients) {
      if (!recipient.getRID().match(holder)) continue;
      write(output, recipient.getContent(unlock(recipient, privateKey(owner), isAuthenticated)));
      return;
    }
    throw new SecurityException("no recipient");
  }

  private static Recipient unlock(RecipientInformation recipient, PrivateKey key, boolean isAuthenticated)
      throws Exception {
    if (!(recipient instanceof KeyTransRecipientInformation))
      return new JceKeyAgreeEnvelopedRecipient(key).setProvider("BC");
    return isAuthenticated
        ? new JceKeyTransAuthEnvelopedRecipient(key).setProvider("BC")
        : new JceKeyTransEnvelopedRecipient(key).setProvider("BC");
  }

  private static void sign(String owner, String algorithm, boolean isOpaque, String input, String output)
      throws Exception {
    X509Certificate certificate = certificate(owner + ".pem");
    CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
    generator.addSignerInfoGenerator(
        new JcaSimpleSignerInfoGeneratorBuilder()
            .setProvider("BC")
            .build(algorithm, privateKey(owner), certificate));
    generator.addCertificates(new JcaCertStore(List.of(certificate)));
    write(output, generator.generate(new CMSProcessableByteArray(read(input)), isOpaque).getEncoded());
  }

  private static void encrypt(String owner, String cipher, String keyManagement, String input, String output)
      throws Exception {
    CMSProcessableByteArray content = new CMSProcessableByteArray(read(input));
    RecipientInfoGenerator recipient = recipient(certificate(owner + ".pem"), keyManagement);
    OutputEncryptor encryptor =
        new JceCMSContentEncryptorBuilder(new ASN1ObjectIdentifier(cipher)).setProvider("BC").build();
    if (encryptor instanceof OutputAEADEncryptor) {
      CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
      generator.addRecipientInfoGenerator(recipient);
      write(output, generator.generate(content, (OutputAEADEncryptor) encryptor).getEncoded());
    } else {
      CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
      generator.addRecipientInfoGenerator(recipient);
      write(output, generator.generate(content, encryptor).getEncoded());
    }
  }

  /** "rsa", "oaep DIGEST" or "ecdh SCHEME WRAP" by object identifiers. */
  private static RecipientInfoGenerator recipient(X509Certificate certificate, String keyManagement) throws Exception {
    String[] words = keyManagement.split(" ");
    if (words[0].equals("rsa")) return new JceKeyTransRecipientInfoGenerator(certificate).setProvider("BC");
    if (words[0].equals("oaep")) {
      AlgorithmIdentifier oaep =
          new JcaAlgorithmParametersConverter()
              .getAlgorithmIdentifier(
                  PKCSObjectIdentifiers.id_RSAES_OAEP,
                  new OAEPParameterSpec(
                      words[1], "MGF1", new MGF1ParameterSpec(words[1]), PSource.PSpecified.DEFAULT));
      return new JceKeyTransRecipientInfoGenerator(certificate, oaep).setProvider("BC");
    }
    KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC", "BC");
    pairs.initialize(((ECPublicKey) certificate.getPublicKey()).getParams());
    KeyPair ephemeral = pairs.generateKeyPair();
    return new JceKeyAgreeRecipientInfoGenerator(
            new ASN1ObjectIdentifier(words[1]),
            ephemeral.getPrivate(),
            ephemeral.getPublic(),
            new ASN1ObjectIdentifier(words[2]))
        .addRecipient(certificate)
        .setProvider("BC");
  }

  private static X509Certificate certificate(String file) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509", "BC").generateCertificate(new ByteArrayInputStream(read(file)));
  }

  private static PrivateKey privateKey(String owner) throws Exception {
    String pem = Files.readString(Path.of(owner + ".key")).replaceAll("-----[^-]+-----|\\s", "");
    return KeyFactory.getInstance(certificate(owner + ".pem").getPublicKey().getAlgorithm(), "BC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
  }

  private static byte[] read(String file) throws Exception {
    return Files.readAllBytes(Path.of(file));
  }

  private static void write(String file, byte[] content) throws Exception {
    Files.write(Path.of(file), content);
  }
}
